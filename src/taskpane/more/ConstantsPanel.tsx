/** Every constant of the method: in force, the method's own, and the way back, one by one or all. */
import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { ArrowReset20Regular, ArrowUndo16Regular } from "@fluentui/react-icons";
import { memo } from "react";
import { ok } from "../../base/result";
import type { Session } from "../../runtime/session";
import {
  constantGroups,
  constantIds,
  constantOf,
  constants,
  type ConstantId,
  type SetConstants,
} from "../../stock/constants";
import type { HandRefusal } from "../../worker/hand-api";
import { useCommand } from "../command";
import { Banner } from "../frame/Banner";
import { Fold } from "../frame/Fold";
import { HandNote } from "../frame/HandNote";
import { Panel } from "../frame/Panel";
import { Sure } from "../frame/Sure";
import { useWords } from "../words";
import { ConstantRow } from "./ConstantRow";

const useStyles = makeStyles({
  how: {
    margin: "0 0 8px",
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase300,
    color: tokens.colorNeutralForeground2,
  },
  group: { borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
  changed: { fontWeight: tokens.fontWeightRegular, color: tokens.colorNeutralForeground3 },
  foot: { display: "flex", flexDirection: "column", gap: "8px", marginTop: "8px" },
});

interface Saved {
  /** Null: all were reset. */
  readonly id: ConstantId | null;
  readonly before: SetConstants;
}

/** Drawn anew when a constant changed, not with every reading. */
export const ConstantsPanel = memo(function ConstantsPanel(props: {
  readonly set: SetConstants;
  readonly session: Session;
}) {
  const { set, session } = props;
  const styles = useStyles();
  const { hand } = useWords();
  const save = useCommand<Saved, HandRefusal, [SetConstants, ConstantId | null]>(
    async (next, id) => {
      const told = await session.hand.setConstants(next);
      return told.ok ? ok({ id, before: set }) : told;
    },
  );
  const onSet = (id: ConstantId, value: number) => save.run({ ...set, [id]: value }, id);
  const changed = Object.keys(set).length;
  const { done } = save;
  return (
    <Panel title={hand.constantsTitle} aside={hand.constantsChanged(changed)}>
      <p className={styles.how}>{hand.constantsHow}</p>
      {constantGroups.map((group) => {
        const ids = constantIds.filter((id) => constants[id].group === group);
        const own = ids.filter((id) => id in set).length;
        return (
          <div key={group} className={styles.group}>
            <Fold
              head={
                <>
                  {hand.constantGroup[group]}{" "}
                  {own > 0 && (
                    <span className={styles.changed}>· {hand.constantsChanged(own)}</span>
                  )}
                </>
              }
            >
              {ids.map((id) => (
                <ConstantRow
                  key={id}
                  id={id}
                  value={constantOf(set, id)}
                  pending={save.pending}
                  onSet={onSet}
                />
              ))}
            </Fold>
          </div>
        );
      })}
      <div className={styles.foot}>
        {done !== null && (
          <>
            <Banner
              intent="success"
              text={
                done.id === null
                  ? hand.constantsChanged(0)
                  : hand.constantSaved(hand.constant[done.id], String(constantOf(set, done.id)))
              }
            />
            <div>
              <Button icon={<ArrowUndo16Regular />} onClick={() => save.run(done.before, done.id)}>
                {hand.undo}
              </Button>
            </div>
          </>
        )}
        <HandNote refusal={save.refusal} />
        {changed > 0 && (
          <Sure
            label={hand.resetAll}
            icon={<ArrowReset20Regular />}
            question={hand.resetAllAsk(changed)}
            yes={hand.resetAllYes}
            no={hand.resetAllNo}
            pending={save.pending}
            pendingLabel={hand.saving}
            onYes={() => save.run({}, null)}
          />
        )}
      </div>
    </Panel>
  );
});
