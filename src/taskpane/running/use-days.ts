/** Units that a SKU sold on each of its last complete days; asked for once. */
import { useEffect, useState } from "react";
import type { Session } from "../../runtime/session";

/** Null while it is not known. */
export function useDays(session: Session, sku: string | null): readonly number[] | null {
  const [known, setKnown] = useState<{ sku: string; days: readonly number[] } | null>(null);
  useEffect(() => {
    if (sku === null) return;
    let isWanted = true;
    void session
      .dailySales(sku)
      // The worker may be gone: there is no forecast then, and the pane says elsewhere why.
      .catch(() => null)
      .then((days) => {
        if (isWanted && days !== null) setKnown({ sku, days });
      });
    return () => {
      isWanted = false;
    };
  }, [session, sku]);
  return known !== null && known.sku === sku ? known.days : null;
}
