/** What the live test found: the shop by its own name, its listings, and every right that is missing. */
import { makeStyles, Spinner, tokens } from "@fluentui/react-components";
import { CheckmarkCircle20Filled, Warning20Filled } from "@fluentui/react-icons";
import type { ShopTest } from "../../worker/api";
import { paneToken } from "../pane-theme";
import { useWords } from "../words";

const useStyles = makeStyles({
  box: {
    padding: "10px 12px",
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground2,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  head: {
    display: "flex",
    alignItems: "center",
    gap: "6px",
    fontWeight: tokens.fontWeightSemibold,
  },
  good: { display: "flex", color: paneToken("calmMark") },
  partly: { display: "flex", color: paneToken("orangeMark") },
  facts: {
    display: "grid",
    gridTemplateColumns: "auto 1fr",
    columnGap: "12px",
    rowGap: "4px",
    margin: "8px 0 0",
    fontSize: tokens.fontSizeBase200,
  },
  term: { color: tokens.colorNeutralForeground3 },
  fact: { margin: 0, fontWeight: tokens.fontWeightSemibold, overflowWrap: "anywhere" },
  missing: { margin: "8px 0 0", fontSize: tokens.fontSizeBase200 },
  list: { margin: "4px 0 0", paddingLeft: "18px", fontSize: tokens.fontSizeBase200 },
});

export function TestResult(props: { readonly pending: boolean; readonly found: ShopTest | null }) {
  const { pending, found } = props;
  const styles = useStyles();
  const { messages, formats } = useWords();
  const { shops } = messages;
  if (pending) return <Spinner size="tiny" label={shops.testing} labelPosition="after" />;
  if (found === null) return null;
  const whole = found.missing.length === 0;
  const listings = found.more
    ? shops.testListingsMore(found.listings)
    : formats.number(found.listings);
  const facts = [
    [shops.testShop, found.shopName === "" ? shops.testShopUnnamed : found.shopName],
    [shops.testListings, listings],
    ...(whole ? [[shops.testRights, shops.testRightsAll]] : []),
  ];
  return (
    <div className={styles.box} role="status">
      <div className={styles.head}>
        <span className={whole ? styles.good : styles.partly} aria-hidden="true">
          {whole ? <CheckmarkCircle20Filled /> : <Warning20Filled />}
        </span>
        {whole ? shops.testOk : shops.testPartly}
      </div>
      <dl className={styles.facts}>
        {facts.map(([term, fact]) => [
          <dt key={`${term ?? ""} term`} className={styles.term}>
            {term}
          </dt>,
          <dd key={`${term ?? ""} fact`} className={styles.fact}>
            {fact}
          </dd>,
        ])}
      </dl>
      {!whole && (
        <>
          <p className={styles.missing}>{shops.testRightsMissing}</p>
          <ul className={styles.list}>
            {found.missing.map((right) => (
              <li key={right}>
                <code>{right}</code>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
