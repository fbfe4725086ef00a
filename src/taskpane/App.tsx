/** The pane: six screens, of which Watch changes with the stream's phase: idle, running, ended. */
import {
  FluentProvider,
  makeStyles,
  MessageBar,
  MessageBarBody,
  Spinner,
  tokens,
} from "@fluentui/react-components";
import { Suspense, useCallback, useState, useSyncExternalStore, type ReactNode } from "react";
import { isRehearsal } from "../base/ids";
import type { ScreenName } from "../locale/shop-messages";
import type { Session } from "../runtime/session";
import type { EngineState } from "../worker/api";
import { needsSeller } from "./channels/needs-seller";
import { useDark } from "./color-scheme";
import { AskCard } from "./duty/AskCard";
import { HeldBanner } from "./hand/HeldBanner";
import { GapBanner } from "./duty/GapBanner";
import type { PaneEnvironment } from "./environment";
import { useEngineState } from "./engine-state";
import { AlertSound } from "./frame/AlertSound";
import { Banners } from "./frame/Banners";
import { Header } from "./frame/Header";
import { Navigation, panelId, tabId } from "./frame/Navigation";
import { IdleScreen } from "./idle/IdleScreen";
import { LiveScreen } from "./live/LiveScreen";
import { LocalStoreContext } from "./local-store-context";
import { NowProvider } from "./now";
import { darkTheme, lightTheme, paneToken } from "./pane-theme";
import {
  ChannelsScreen,
  EndedScreen,
  ImportScreen,
  MoreScreen,
  PlanScreen,
  RunningScreen,
  StockScreen,
} from "./screens";
import { useWords, WordsProvider } from "./words";

const useStyles = makeStyles({
  ground: { minHeight: "100vh", backgroundColor: paneToken("paneGround") },
  main: {
    boxSizing: "border-box",
    maxWidth: "560px",
    margin: "0 auto",
    padding: "12px 16px 20px",
    display: "flex",
    flexDirection: "column",
    gap: "12px",
    color: tokens.colorNeutralForeground1,
  },
  screen: { display: "flex", flexDirection: "column", gap: "12px" },
  away: { display: "none" },
});

function Watch(props: {
  readonly state: EngineState;
  readonly session: Session;
  readonly onGo: (screen: ScreenName) => void;
}) {
  const { state, session, onGo } = props;
  const { stream } = state;
  switch (stream?.phase) {
    case "running":
    case "settling":
      return (
        <Late>
          <RunningScreen state={state} stream={stream} session={session} />
        </Late>
      );
    case "ended":
      return (
        <Late>
          <EndedScreen state={state} stream={stream} session={session} />
        </Late>
      );
    case "preparing":
    case undefined:
      return isRehearsal(state.book) ? (
        <IdleScreen state={state} session={session} onGo={onGo} />
      ) : (
        <LiveScreen state={state} session={session} onGo={onGo} />
      );
  }
}

/** Before the ledger is read: what keeps it, where something does. It is asked again by itself. */
function Opening({ session }: { readonly session: Session }) {
  const { messages } = useWords();
  const subscribe = useCallback((listener: () => void) => session.subscribe(listener), [session]);
  const refusal = useSyncExternalStore(subscribe, () => session.refusal());
  return (
    <>
      <Spinner label={messages.opening} />
      {refusal !== null && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            {messages.refusal[refusal.code]("detail" in refusal ? refusal.detail : "")}
          </MessageBarBody>
        </MessageBar>
      )}
    </>
  );
}

/** Kept while another one is shown, so that nothing half filled in is lost. */
function Tabbed(props: {
  readonly name: ScreenName;
  readonly shown: boolean;
  readonly children: ReactNode;
}) {
  const { name, shown, children } = props;
  const styles = useStyles();
  return (
    <div
      role="tabpanel"
      id={panelId(name)}
      aria-labelledby={tabId(name)}
      className={shown ? styles.screen : styles.away}
    >
      {children}
    </div>
  );
}

/** A screen whose code may still be on its way. */
function Late({ children }: { readonly children: ReactNode }) {
  const { desk } = useWords();
  return <Suspense fallback={<Spinner label={desk.loading} />}>{children}</Suspense>;
}

function Screens(props: {
  readonly state: EngineState;
  readonly session: Session;
  readonly screen: ScreenName;
  readonly visited: ReadonlySet<ScreenName>;
  readonly onGo: (screen: ScreenName) => void;
}) {
  const { state, session, screen, visited, onGo } = props;
  return (
    <>
      <Tabbed name="watch" shown={screen === "watch"}>
        {/* The numbers change many times a second: not drawn for nobody. */}
        {screen === "watch" && <Watch state={state} session={session} onGo={onGo} />}
      </Tabbed>
      <Tabbed name="plan" shown={screen === "plan"}>
        {visited.has("plan") && (
          <Late>
            <PlanScreen state={state} session={session} onGo={onGo} />
          </Late>
        )}
      </Tabbed>
      <Tabbed name="stock" shown={screen === "stock"}>
        {screen === "stock" && (
          <Late>
            <StockScreen state={state} session={session} onGo={onGo} />
          </Late>
        )}
      </Tabbed>
      <Tabbed name="channels" shown={screen === "channels"}>
        {visited.has("channels") && (
          <Late>
            <ChannelsScreen state={state} session={session} />
          </Late>
        )}
      </Tabbed>
      <Tabbed name="import" shown={screen === "import"}>
        {visited.has("import") && (
          <Late>
            <ImportScreen state={state} session={session} />
          </Late>
        )}
      </Tabbed>
      <Tabbed name="more" shown={screen === "more"}>
        {screen === "more" && (
          <Late>
            <MoreScreen state={state} session={session} />
          </Late>
        )}
      </Tabbed>
    </>
  );
}

function Pane(props: { readonly session: Session; readonly environment: PaneEnvironment }) {
  const { session, environment } = props;
  const styles = useStyles();
  const state = useEngineState(session, environment.drawEveryMs);
  const [screen, setScreen] = useState<ScreenName>("watch");
  const [visited, setVisited] = useState<ReadonlySet<ScreenName>>(new Set());
  const go = (next: ScreenName) => {
    setVisited((before) => new Set([...before, next]));
    setScreen(next);
  };
  const attention =
    state !== null && (state.drifts.length > 0 || (state.connections?.some(needsSeller) ?? false));
  return (
    <>
      <Header
        book={state?.book ?? null}
        tools={
          state !== null && <AlertSound state={state} session={session} environment={environment} />
        }
      >
        {state !== null && <Navigation screen={screen} attention={attention} onChange={go} />}
      </Header>
      <main className={styles.main}>
        {state === null ? (
          <Opening session={session} />
        ) : (
          <>
            {state.asks.map((ask) => (
              <AskCard key={ask.id} ask={ask} session={session} />
            ))}
            <Banners state={state} />
            <GapBanner gap={state.gap} />
            <HeldBanner held={state.held} session={session} />
            <Screens state={state} session={session} screen={screen} visited={visited} onGo={go} />
          </>
        )}
      </main>
    </>
  );
}

export function App(props: { readonly session: Session; readonly environment: PaneEnvironment }) {
  const styles = useStyles();
  const dark = useDark(props.environment);
  return (
    <FluentProvider theme={dark ? darkTheme : lightTheme} className={styles.ground}>
      <WordsProvider environment={props.environment} session={props.session}>
        <NowProvider clock={props.environment.clock}>
          <LocalStoreContext value={props.environment.store}>
            <Pane session={props.session} environment={props.environment} />
          </LocalStoreContext>
        </NowProvider>
      </WordsProvider>
    </FluentProvider>
  );
}
