/** A connection that does not work until the seller does something. */
import type { Connection } from "../../worker/api";

export function needsSeller({ state }: Connection): boolean {
  switch (state) {
    case "expired":
    case "revoked":
    case "rights_missing":
    case "locked":
      return true;
    case "not_connected":
    case "consent_open":
    case "connected":
      return false;
  }
}
