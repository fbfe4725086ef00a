/** One screen that changes with the stream's phase: idle, running, ended. */
import {
  FluentProvider,
  makeStyles,
  MessageBar,
  MessageBarBody,
  Spinner,
  tokens,
} from "@fluentui/react-components";
import { useCallback, useSyncExternalStore } from "react";
import type { Session } from "../runtime/session";
import type { EngineState } from "../worker/api";
import { useDark } from "./color-scheme";
import { EndedScreen } from "./ended/EndedScreen";
import type { PaneEnvironment } from "./environment";
import { Banners } from "./frame/Banners";
import { Header } from "./frame/Header";
import { IdleScreen } from "./idle/IdleScreen";
import { NowProvider } from "./now";
import { darkTheme, lightTheme, paneToken } from "./pane-theme";
import { RunningScreen } from "./running/RunningScreen";
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
});

function useEngineState(session: Session): EngineState | null {
  const subscribe = useCallback((listener: () => void) => session.subscribe(listener), [session]);
  return useSyncExternalStore(subscribe, () => session.state());
}

function Screen(props: { readonly state: EngineState; readonly session: Session }) {
  const { state, session } = props;
  const { stream } = state;
  switch (stream?.phase) {
    case "running":
    case "settling":
      return <RunningScreen state={state} stream={stream} session={session} />;
    case "ended":
      return <EndedScreen state={state} stream={stream} session={session} />;
    case "preparing":
    case undefined:
      return <IdleScreen state={state} session={session} />;
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

function Pane({ session }: { readonly session: Session }) {
  const styles = useStyles();
  const state = useEngineState(session);
  return (
    <>
      <Header book={state?.book ?? null} />
      <main className={styles.main}>
        {state === null ? (
          <Opening session={session} />
        ) : (
          <>
            <Banners state={state} />
            <Screen state={state} session={session} />
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
          <Pane session={props.session} />
        </NowProvider>
      </WordsProvider>
    </FluentProvider>
  );
}
