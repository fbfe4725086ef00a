/** The screens, always in reach. A mark beside "Channels" says that something there needs her. */
import { makeStyles, Tab, TabList, tokens } from "@fluentui/react-components";
import {
  ArrowImport20Regular,
  Box20Regular,
  CalendarLtr20Regular,
  DataTrending20Regular,
  MoreHorizontal20Regular,
  PlugConnected20Regular,
  Warning16Filled,
} from "@fluentui/react-icons";
import type { ScreenName } from "../../locale/shop-messages";
import { paneToken } from "../pane-theme";
import { useWords } from "../words";

const useStyles = makeStyles({
  bar: {
    backgroundColor: paneToken("paneGround"),
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  row: {
    boxSizing: "border-box",
    maxWidth: "560px",
    margin: "0 auto",
    padding: "0 4px",
    display: "grid",
    gridTemplateColumns: "repeat(6, minmax(0, 1fr))",
  },
  // Icon above word: six of them stand side by side in 320 px.
  tab: {
    position: "relative",
    minWidth: 0,
    display: "flex",
    flexDirection: "column",
    alignItems: "center",
    rowGap: "2px",
    padding: "6px 0 8px",
    fontSize: tokens.fontSizeBase100,
    lineHeight: tokens.lineHeightBase200,
    "@media (min-width: 400px)": { fontSize: tokens.fontSizeBase200 },
    // Room for the bold word of the chosen one is room that six do not have.
    "& .fui-Tab__content--reserved-space": { display: "none" },
    "& .fui-Tab__content": { fontSize: "inherit", lineHeight: "inherit", padding: 0 },
  },
  mark: {
    position: "absolute",
    top: "2px",
    right: "4px",
    display: "inline-flex",
    color: paneToken("orangeMark"),
  },
});

const screens = [
  { name: "watch", Icon: DataTrending20Regular },
  { name: "plan", Icon: CalendarLtr20Regular },
  { name: "stock", Icon: Box20Regular },
  { name: "channels", Icon: PlugConnected20Regular },
  { name: "import", Icon: ArrowImport20Regular },
  { name: "more", Icon: MoreHorizontal20Regular },
] as const;

/** The id of a screen's panel, which its tab controls. */
export function panelId(screen: ScreenName): string {
  return `screen-${screen}`;
}

export function tabId(screen: ScreenName): string {
  return `tab-${screen}`;
}

export function Navigation(props: {
  readonly screen: ScreenName;
  /** A connection needs the seller. */
  readonly attention: boolean;
  readonly onChange: (screen: ScreenName) => void;
}) {
  const styles = useStyles();
  const { messages } = useWords();
  const { shops } = messages;
  return (
    <nav className={styles.bar} aria-label={shops.screensLabel}>
      <TabList
        className={styles.row}
        size="small"
        selectedValue={props.screen}
        onTabSelect={(_event, { value }) => {
          const chosen = screens.find(({ name }) => name === value);
          if (chosen !== undefined) props.onChange(chosen.name);
        }}
      >
        {screens.map(({ name, Icon }) => (
          <Tab
            key={name}
            id={tabId(name)}
            value={name}
            icon={<Icon />}
            className={styles.tab}
            aria-controls={panelId(name)}
          >
            {shops.screens[name]}
            {name === "channels" && props.attention && (
              <span className={styles.mark} role="img" aria-label={shops.screenAttention}>
                <Warning16Filled aria-hidden="true" />
              </span>
            )}
          </Tab>
        ))}
      </TabList>
    </nav>
  );
}
