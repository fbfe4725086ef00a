/**
 * The worker's line to the companion: token and fencing token on every call, one place that knows
 * whether the companion answers.
 */
import * as v from "valibot";
import { err, ok, type Result } from "../base/result";
import type { Clock } from "../base/clock";
import { companionErrorSchema, FENCE_HEADER, TOKEN_HEADER } from "../channels/http/relay-contract";
import type { JournalRefusal } from "../ledger/journal-client";

export interface CompanionOptions {
  readonly origin: string;
  readonly token: string;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  /** Aborts when a call has taken too long, by the clock of whoever made the fetch. */
  readonly timeout: (ms: number) => AbortSignal | null;
  /** Called when the companion was lost or is back. */
  readonly onChange: (up: boolean, awayMs: number) => void;
}

const TIMEOUT_MS = 5000;

export class CompanionClient {
  readonly #options: CompanionOptions;
  #lostAt: number | null = null;
  /** The lease's fencing token; 0 while this worker does not lead. */
  fence = 0;

  constructor(options: CompanionOptions) {
    this.#options = options;
  }

  get lostAt(): number | null {
    return this.#lostAt;
  }

  get up(): boolean {
    return this.#lostAt === null;
  }

  /** To be told by everyone who talks to the companion. */
  report(up: boolean): void {
    if (up === this.up) return;
    const now = this.#options.clock.now();
    const awayMs = this.#lostAt === null ? 0 : now - this.#lostAt;
    this.#lostAt = up ? null : now;
    this.#options.onChange(up, awayMs);
  }

  /** The same line with a fencing token of its own: for a book beside the open one. */
  sibling(): CompanionClient {
    return new CompanionClient({ ...this.#options, onChange: (up) => this.report(up) });
  }

  /** Status and body as they are, for whoever knows more refusals than the journal; null: no answer. */
  async ask(
    method: "GET" | "POST",
    path: string,
    body: unknown,
    timeoutMs: number,
  ): Promise<{ readonly status: number; readonly body: unknown } | null> {
    try {
      const response = await this.fetch(`${this.#options.origin}${path}`, {
        method,
        ...(method === "GET"
          ? {}
          : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
        signal: this.#options.timeout(timeoutMs),
      });
      return { status: response.status, body: await response.json() };
    } catch {
      return null;
    }
  }

  /** A fetch that adds the headers, for the relay's client too. */
  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    const headers = new Headers(init?.headers);
    headers.set(TOKEN_HEADER, this.#options.token);
    headers.set(FENCE_HEADER, String(this.fence));
    try {
      const response = await this.#options.fetch(input, { ...init, headers });
      this.report(true);
      return response;
    } catch (cause) {
      this.report(false);
      throw cause;
    }
  };

  get(path: string): Promise<Result<unknown, JournalRefusal>> {
    return this.#call(path, { method: "GET" });
  }

  post(path: string, body: unknown): Promise<Result<unknown, JournalRefusal>> {
    return this.#call(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  }

  /**
   * A question that may be left open for long; null: no answer. Its end says nothing of the companion,
   * since `signal` ends it too.
   */
  async leaveOpen(path: string, body: unknown, signal: AbortSignal): Promise<unknown> {
    const headers = new Headers({ "content-type": "application/json" });
    headers.set(TOKEN_HEADER, this.#options.token);
    headers.set(FENCE_HEADER, String(this.fence));
    try {
      const response = await this.#options.fetch(`${this.#options.origin}${path}`, {
        ...{ method: "POST", headers, body: JSON.stringify(body), signal },
      });
      return response.ok ? await response.json() : null;
    } catch {
      return null;
    }
  }

  async #call(path: string, init: RequestInit): Promise<Result<unknown, JournalRefusal>> {
    let response: Response;
    let body: unknown;
    try {
      response = await this.fetch(`${this.#options.origin}${path}`, {
        ...init,
        signal: this.#options.timeout(TIMEOUT_MS),
      });
      body = await response.json();
    } catch {
      return err({ code: "companion_down" });
    }
    if (response.ok) return ok(body);
    const refusal = v.safeParse(companionErrorSchema, body);
    const code = refusal.success ? refusal.output.error.code : `http_${response.status}`;
    if (code === "fenced_off") return err({ code: "fenced_off" });
    if (code === "sequence_gap") return err({ code: "sequence_gap" });
    const detail = refusal.success ? `${code}: ${refusal.output.error.message}` : code;
    return err({ code: "refused", detail });
  }
}
