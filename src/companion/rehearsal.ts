/**
 * Passes the rehearsal's remote control on to the sandbox, as it is (rehearsal-contract.ts), and
 * remembers which run is on: a window that still shows an older run must not write into the new
 * run's shop.
 */
import * as v from "valibot";
import type { BookId } from "../base/ids";
import { err, ok, type Result } from "../base/result";
import { refusal, type Refusal } from "./refusal";
import type { Transport } from "./relay/transport";

const calls: readonly string[] = [
  "GET ",
  "POST /new",
  "POST /start",
  "POST /stop",
  "POST /order",
  "GET /truth",
  "GET /fault",
  "POST /fault",
  "POST /fault/clear",
];

export interface RehearsalAnswer {
  readonly status: number;
  readonly body: string;
}

const runSchema = v.object({ run: v.string() });

export class Rehearsal {
  readonly #transport: Transport;
  readonly #sandbox: string | null;
  #run: string | null = null;

  constructor(transport: Transport, sandbox: string | null) {
    this.#transport = transport;
    this.#sandbox = sandbox;
  }

  get there(): boolean {
    return this.#sandbox !== null;
  }

  /** Whether this is the book of the run that is on. */
  async isOn(book: BookId): Promise<boolean> {
    if (this.#run === null) await this.ask("GET", "", null);
    return book === `rehearsal-${this.#run ?? ""}`;
  }

  /** `rest` is what follows `/api/rehearsal`. */
  async ask(
    method: string,
    rest: string,
    body: string | null,
  ): Promise<Result<RehearsalAnswer, Refusal>> {
    if (!calls.includes(`${method} ${rest}`)) return err(refusal("not_found", "No such call"));
    const sandbox = this.#sandbox;
    if (sandbox === null) return err(refusal("no_rehearsal", "No rehearsal was started with this"));
    const answer = await this.#transport.send(
      {
        method,
        url: `${sandbox}/rehearsal${rest}`,
        headers: body === null ? {} : { "content-type": "application/json" },
        body,
      },
      sandbox,
    );
    if (!answer.ok) {
      return err(refusal("no_rehearsal", `The rehearsal does not answer (${answer.error})`));
    }
    if (answer.value.status === 200) this.#remember(answer.value.body);
    return ok({ status: answer.value.status, body: answer.value.body });
  }

  #remember(body: string): void {
    try {
      const told = v.safeParse(runSchema, JSON.parse(body));
      if (told.success) this.#run = told.output.run;
    } catch {
      // Not JSON: whoever asked will see it.
    }
  }
}
