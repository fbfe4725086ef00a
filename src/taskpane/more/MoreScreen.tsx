/** Settings of the whole book, the constants of the method, and the health of StreamStock itself. */
import { defaultActs } from "../../stock/acts";
import type { Session } from "../../runtime/session";
import type { EngineState } from "../../worker/api";
import { ActsPanel } from "../duty/ActsPanel";
import { ConstantsPanel } from "./ConstantsPanel";
import { HousePanel } from "./HousePanel";

export function MoreScreen(props: { readonly state: EngineState; readonly session: Session }) {
  const { state, session } = props;
  return (
    <>
      <ActsPanel acts={state.acts ?? defaultActs("escrow")} streamId={null} session={session} />
      <HousePanel state={state} session={session} />
      <ConstantsPanel set={state.constants} session={session} />
    </>
  );
}
