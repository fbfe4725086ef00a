/** Stops a channel, or lets it sell again: each is the other's undo. */
import { Button, Spinner } from "@fluentui/react-components";
import { Pause16Regular, Play16Regular } from "@fluentui/react-icons";
import type { ChannelId } from "../../base/ids";
import type { Session } from "../../runtime/session";
import type { HandRefusal } from "../../worker/hand-api";
import { useCommand } from "../command";
import { HandNote } from "../frame/HandNote";
import { useWords } from "../words";

export function HoldButton(props: {
  readonly channel: ChannelId;
  readonly held: boolean;
  readonly session: Session;
}) {
  const { channel, held, session } = props;
  const { hand, messages } = useWords();
  const hold = useCommand<null, HandRefusal>(() => session.hand.holdChannel(channel, !held));
  const name = messages.channel[channel];
  const Icon = held ? Play16Regular : Pause16Regular;
  return (
    <>
      <Button
        icon={hold.pending ? <Spinner size="tiny" aria-hidden="true" /> : <Icon />}
        disabledFocusable={hold.pending}
        onClick={() => hold.run()}
      >
        {held ? hand.letGo(name) : hand.hold(name)}
      </Button>
      <HandNote refusal={hold.refusal} />
    </>
  );
}
