/** Defined names of the workbook. */
import {
  IDefinedNamesService,
  RemoveDefinedNameMutation,
  SCOPE_WORKBOOK_VALUE_DEFINED_NAME,
  SetDefinedNameMutation,
} from "@univerjs/preset-sheets-core";
import { parseBox, splitAddress } from "../backend/area";
import type { NameFacts } from "../backend/backend";
import type { WorkbookParts } from "./workbook-parts";

/** Univer tells a reference from a formula by the "=" that only a formula has. */
function withoutMark(formula: string): string {
  const bare = formula.replace(/^=/, "");
  return parseBox(splitAddress(bare).rest) === null ? formula : bare;
}

export class Names {
  readonly #parts: WorkbookParts;
  readonly #service: IDefinedNamesService;

  constructor(parts: WorkbookParts) {
    this.#parts = parts;
    this.#service = parts.grid.injector.get(IDefinedNamesService);
  }

  all(): readonly NameFacts[] {
    return Object.values(this.#service.getDefinedNameMap(this.#parts.unit) ?? {}).map((name) => ({
      name: name.name,
      formula: name.formulaOrRefString.startsWith("=")
        ? name.formulaOrRefString
        : `=${name.formulaOrRefString}`,
      visible: name.hidden !== true,
      comment: name.comment ?? "",
    }));
  }

  put(facts: NameFacts): void {
    const known = this.#service.getValueByName(this.#parts.unit, facts.name);
    this.#parts.run(SetDefinedNameMutation.id, {
      id: known?.id ?? crypto.randomUUID(),
      name: facts.name,
      formulaOrRefString: withoutMark(facts.formula),
      localSheetId: SCOPE_WORKBOOK_VALUE_DEFINED_NAME,
      hidden: !facts.visible,
      comment: facts.comment,
    });
  }

  remove(name: string): void {
    const known = this.#service.getValueByName(this.#parts.unit, name);
    if (known) this.#parts.run(RemoveDefinedNameMutation.id, { ...known });
  }
}
