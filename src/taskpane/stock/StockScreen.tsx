/** Stock: every SKU of the book, found by a few letters, however many there are. */
import { Button, Field, Input } from "@fluentui/react-components";
import { Search20Regular } from "@fluentui/react-icons";
import { useDeferredValue, useMemo, useState } from "react";
import type { ScreenName } from "../../locale/shop-messages";
import type { Session } from "../../runtime/session";
import type { EngineState } from "../../worker/api";
import { Panel } from "../frame/Panel";
import { useWords } from "../words";
import { SkuDetail } from "./SkuDetail";
import { SkuList } from "./SkuList";

export function StockScreen(props: {
  readonly state: EngineState;
  readonly session: Session;
  readonly onGo: (screen: ScreenName) => void;
}) {
  const { state, session, onGo } = props;
  const { messages, desk } = useWords();
  const [text, setText] = useState("");
  const wanted = useDeferredValue(text.trim().toLowerCase());
  const [open, setOpen] = useState<string | null>(null);
  const { skus } = state;
  const rows = useMemo(
    () =>
      wanted === ""
        ? skus
        : skus.filter(
            ({ sku, title }) =>
              sku.toLowerCase().includes(wanted) || title.toLowerCase().includes(wanted),
          ),
    [skus, wanted],
  );
  const row = skus.find(({ sku }) => sku === open);
  if (row !== undefined) {
    return (
      <SkuDetail
        key={row.sku}
        state={state}
        row={row}
        session={session}
        onBack={() => setOpen(null)}
      />
    );
  }
  if (skus.length === 0) {
    return (
      <Panel title={messages.stockTitle}>
        <p>{messages.stockEmpty}</p>
        <Button onClick={() => onGo("import")}>{messages.shops.goImport}</Button>
      </Panel>
    );
  }
  return (
    <>
      <Field label={desk.stockSearch}>
        <Input
          type="search"
          contentBefore={<Search20Regular />}
          value={text}
          onChange={(_event, { value }) => setText(value)}
        />
      </Field>
      <Panel title={messages.stockTitle} aside={desk.stockCount(rows.length, skus.length)}>
        {rows.length === 0 ? (
          <>
            <p>{desk.stockNothing(text.trim())}</p>
            <Button onClick={() => setText("")}>{desk.stockClear}</Button>
          </>
        ) : (
          // From the top again for every new search.
          <SkuList key={wanted} rows={rows} onOpen={setOpen} />
        )}
      </Panel>
    </>
  );
}
