/** The listings that sell a SKU, bundles among them; each can be mapped to another one. */
import { Field, makeStyles, Select, tokens } from "@fluentui/react-components";
import { useEffect, useState } from "react";
import { isRehearsal } from "../../base/ids";
import { ok } from "../../base/result";
import type { Session } from "../../runtime/session";
import type { EngineState, SkuState } from "../../worker/api";
import type { EngineRefusal } from "../../worker/engine-api";
import type { ListedAs } from "../../worker/hand-api";
import { useCommand } from "../command";
import { Banner } from "../frame/Banner";
import { EngineNote } from "../frame/EngineNote";
import { Fold } from "../frame/Fold";
import { Panel } from "../frame/Panel";
import { Sure } from "../frame/Sure";
import { useWords } from "../words";
import { likelySkus } from "./likely-skus";

const LIKELY_MAX = 5;

const useStyles = makeStyles({
  list: { listStyleType: "none", margin: 0, padding: 0 },
  line: { padding: "7px 0", borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
  small: {
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground3,
    overflowWrap: "anywhere",
  },
  form: { display: "flex", flexDirection: "column", gap: "8px", padding: "4px 0 8px" },
  none: { margin: 0, color: tokens.colorNeutralForeground3 },
});

function Remap(props: {
  readonly listing: ListedAs;
  readonly row: SkuState;
  readonly skus: readonly SkuState[];
  readonly session: Session;
}) {
  const { listing, row, skus, session } = props;
  const styles = useStyles();
  const { hand } = useWords();
  const others = skus.filter(({ sku }) => sku !== row.sku);
  const likely = likelySkus(`${row.sku} ${row.title} ${listing.listingId}`, others, LIKELY_MAX);
  const rest = others.filter((each) => !likely.includes(each));
  const [chosen, setChosen] = useState((likely[0] ?? rest[0])?.sku ?? "");
  const map = useCommand<{ readonly sku: string }, EngineRefusal>(async () => {
    const told = await session.engine.remapListing(listing.channel, listing.listingId, chosen);
    return told.ok ? ok({ sku: chosen }) : told;
  });
  const option = ({ sku, title }: Pick<SkuState, "sku" | "title">) => (
    <option key={sku} value={sku}>
      {sku} · {title}
    </option>
  );
  return (
    <Fold small head={hand.listingMove(listing.listingId)}>
      <div className={styles.form}>
        <Field label={hand.listingMoveTo}>
          <Select value={chosen} onChange={(_event, { value }) => setChosen(value)}>
            {likely.length > 0 && (
              <optgroup label={hand.listingLikely}>{likely.map(option)}</optgroup>
            )}
            <optgroup label={hand.listingOthers}>{rest.map(option)}</optgroup>
          </Select>
        </Field>
        <Sure
          label={hand.listingMoveGo}
          question={hand.listingMoveAsk(listing.listingId, chosen)}
          yes={hand.listingMoveGo}
          no={hand.switchNo}
          pending={map.pending}
          pendingLabel={hand.saving}
          onYes={() => map.run()}
        />
        {map.done !== null && <Banner intent="success" text={hand.listingMoved(map.done.sku)} />}
        <EngineNote refusal={map.refusal} />
      </div>
    </Fold>
  );
}

export function ListingsPanel(props: {
  readonly state: EngineState;
  readonly row: SkuState;
  readonly session: Session;
}) {
  const { state, row, session } = props;
  const styles = useStyles();
  const { hand, messages } = useWords();
  const [listed, setListed] = useState<readonly ListedAs[]>([]);
  const { sku } = row;
  useEffect(() => {
    let isWanted = true;
    void session.hand
      .listings(sku)
      .catch((): readonly ListedAs[] => [])
      .then((found) => {
        if (isWanted) setListed(found);
      });
    return () => {
      isWanted = false;
    };
    // What is shown there changes with the row.
  }, [session, sku, row.listed]);
  return (
    <Panel title={hand.listingsTitle}>
      {listed.length === 0 && <p className={styles.none}>{hand.listingsNone}</p>}
      <ul className={styles.list}>
        {listed.map((listing) => (
          <li key={`${listing.channel}/${listing.listingId}`} className={styles.line}>
            <div>
              {messages.channel[listing.channel]} · {hand.listingShows(listing.shown)}
            </div>
            <div className={styles.small}>
              {listing.listingId}
              {listing.bundle !== "" && ` · ${hand.listingBundle(listing.bundle, listing.units)}`}
            </div>
            {!isRehearsal(state.book) && listing.bundle === "" && state.skus.length > 1 && (
              <Remap listing={listing} row={row} skus={state.skus} session={session} />
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
