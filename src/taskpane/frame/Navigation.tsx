/** The three screens, always in reach. A mark beside "Channels" says that a connection needs her. */
import { makeStyles, Tab, TabList, tokens } from "@fluentui/react-components";
import {
  ArrowImport20Regular,
  DataTrending20Regular,
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
    padding: "0 8px",
    display: "flex",
  },
  tab: { flexGrow: 1, flexBasis: 0, justifyContent: "center", padding: "8px 6px" },
  mark: { display: "inline-flex", marginLeft: "4px", color: paneToken("orangeMark") },
});

const screens = [
  { name: "watch", Icon: DataTrending20Regular },
  { name: "channels", Icon: PlugConnected20Regular },
  { name: "import", Icon: ArrowImport20Regular },
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
