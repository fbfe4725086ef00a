/**
 * What the shops list, before anything is booked: one count for each SKU, the listings that are left
 * alone with the reason, and the step into the live book.
 */
import { Button, makeStyles, Spinner, tokens } from "@fluentui/react-components";
import { useCallback, useState } from "react";
import type { Session } from "../../runtime/session";
import type { ShopReading, ShopRefusal } from "../../worker/api";
import { useCommand } from "../command";
import { Banner } from "../frame/Banner";
import { Fold } from "../frame/Fold";
import { Panel } from "../frame/Panel";
import { useWords } from "../words";
import { CountRow, readCount, ShownOn } from "./CountRow";
import { ShopRefusalNote } from "./ShopRefusalNote";

const useStyles = makeStyles({
  text: {
    margin: "0 0 8px",
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase300,
    color: tokens.colorNeutralForeground2,
  },
  list: { listStyleType: "none", margin: 0, padding: 0 },
  foot: { display: "flex", flexDirection: "column", gap: "8px", marginTop: "12px" },
  more: {
    padding: "8px 0",
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    fontSize: tokens.fontSizeBase200,
  },
  reasons: { margin: "6px 0 0", paddingLeft: "18px", overflowWrap: "anywhere" },
  why: { color: tokens.colorNeutralForeground3 },
});

function Beside({ reading }: { readonly reading: ShopReading }) {
  const styles = useStyles();
  const { messages } = useWords();
  const { shops } = messages;
  const { bundles, unmapped, byPlatform } = reading;
  return (
    <>
      {bundles.length > 0 && (
        <div className={styles.more}>
          <Fold small head={shops.bundlesTitle(bundles.length)}>
            <ul className={styles.reasons}>
              {bundles.map(({ sku, parts, listings }) => (
                <li key={sku}>
                  <b>{sku}</b>{" "}
                  <span className={styles.why}>
                    {shops.bundleOf(parts.map((part) => `${part.units} × ${part.sku}`).join(" + "))}
                  </span>
                  <ShownOn listings={listings} />
                </li>
              ))}
            </ul>
          </Fold>
        </div>
      )}
      {unmapped.length > 0 && (
        <div className={styles.more}>
          <Fold small head={shops.unmappedTitle(unmapped.length)}>
            <p className={styles.why}>{shops.unmappedHow}</p>
            <ul className={styles.reasons}>
              {unmapped.map(({ channel, listingId, title, reason }) => (
                <li key={`${channel}/${listingId}`}>
                  {messages.channel[channel]} · {title === "" ? listingId : title}{" "}
                  <span className={styles.why}>({shops.unmapped[reason]})</span>
                </li>
              ))}
            </ul>
          </Fold>
        </div>
      )}
      {byPlatform > 0 && <div className={styles.more}>{shops.byPlatform(byPlatform)}</div>}
    </>
  );
}

export function ReadingPanel(props: {
  readonly reading: ShopReading;
  readonly session: Session;
  readonly onTaken: () => void;
}) {
  const { reading, session, onTaken } = props;
  const styles = useStyles();
  const { messages } = useWords();
  const { shops } = messages;
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(
      reading.skus.map(({ sku, suggested }) => [sku, suggested === null ? "" : String(suggested)]),
    ),
  );
  const onChange = useCallback((sku: string, text: string) => {
    setTexts((before) => ({ ...before, [sku]: text }));
  }, []);
  const counts: Record<string, number> = {};
  let bad = 0;
  let blank = 0;
  for (const { sku, isKnown } of reading.skus) {
    const units = readCount(texts[sku] ?? "");
    if (isKnown) continue;
    if (units === "bad") bad += 1;
    else if (units === null) blank += 1;
    else counts[sku] = units;
  }
  const known = reading.skus.filter(({ isKnown }) => isKnown).length;
  const total = Object.keys(counts).length + known;
  const take = useCommand<null, ShopRefusal>(async () => {
    const taken = await session.shops.takeShops(counts);
    if (taken.ok) onTaken();
    return taken;
  });
  const why = bad > 0 ? shops.countBad : total === 0 ? shops.takeNone : null;
  return (
    <Panel title={shops.readingTitle}>
      <p className={styles.text}>
        {reading.skus.length === 0 ? shops.readingEmpty : shops.readingHow}
      </p>
      {reading.failed.map(({ channel, kind, detail }) => (
        <Banner
          key={channel}
          intent="warning"
          title={shops.readingFailed(messages.channel[channel])}
          text={`${messages.channelError[kind]} ${detail}`.trim()}
        />
      ))}
      <ul className={styles.list}>
        {reading.skus.map((item) => (
          <CountRow key={item.sku} item={item} text={texts[item.sku] ?? ""} onChange={onChange} />
        ))}
      </ul>
      <Beside reading={reading} />
      <div className={styles.foot}>
        {blank > 0 && <span className={styles.why}>{shops.leftAlone(blank)}</span>}
        {why !== null && <span className={styles.why}>{why}</span>}
        <Button
          appearance="primary"
          size="large"
          icon={take.pending ? <Spinner size="tiny" aria-hidden="true" /> : null}
          disabledFocusable={why !== null || take.pending}
          onClick={() => take.run()}
        >
          {take.pending ? shops.taking : shops.take(total)}
        </Button>
        <ShopRefusalNote refusal={take.refusal} />
      </div>
    </Panel>
  );
}
