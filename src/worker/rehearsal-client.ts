/** The rehearsal's remote control, and what its shop means for the engine. */
import * as v from "valibot";
import { parseSku } from "../base/ids";
import { err, ok, type Result } from "../base/result";
import { rehearsalStateSchema, type RehearsalState } from "../channels/rehearsal-contract";
import type { JournalRefusal } from "../ledger/journal-client";
import type { CatalogueItem } from "../sync/catalogue";
import type { CompanionClient } from "./companion-client";

export class RehearsalClient {
  readonly #companion: CompanionClient;

  constructor(companion: CompanionClient) {
    this.#companion = companion;
  }

  async state(): Promise<Result<RehearsalState, JournalRefusal>> {
    return parse(await this.#companion.get("/api/rehearsal"));
  }

  /** A fresh shop with stock in it and nobody buying yet. */
  async renew(): Promise<Result<RehearsalState, JournalRefusal>> {
    return parse(await this.#companion.post("/api/rehearsal/new", {}));
  }

  async start(run: string, speed: number): Promise<Result<RehearsalState, JournalRefusal>> {
    return parse(await this.#companion.post("/api/rehearsal/start", { run, speed }));
  }

  async stop(run: string): Promise<Result<RehearsalState, JournalRefusal>> {
    return parse(await this.#companion.post("/api/rehearsal/stop", { run }));
  }
}

function parse(answer: Result<unknown, JournalRefusal>): Result<RehearsalState, JournalRefusal> {
  if (!answer.ok) return answer;
  const state = v.safeParse(rehearsalStateSchema, answer.value);
  if (!state.success) return err({ code: "refused", detail: "rehearsal: malformed answer" });
  return ok(state.output);
}

/** The shop's items as the engine knows them; the live channel comes first. */
export function catalogueOf(state: RehearsalState): readonly CatalogueItem[] {
  const items: CatalogueItem[] = [];
  for (const item of state.items) {
    const sku = parseSku(item.sku);
    if (!sku.ok) continue;
    items.push({
      sku: sku.value,
      title: item.title,
      listings: item.listings,
    });
  }
  return items;
}
