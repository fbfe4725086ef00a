/** A JSON file with one object per channel. Read again when it has changed. */
import { errorCode } from "../disk";
import { statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { performance } from "node:perf_hooks";
import { err, ok, type Result } from "../../base/result";
import type { ChannelId } from "../../base/ids";
import { channelIds } from "../../base/ids";

const LOOK_EVERY_MS = 50;

export type RawCredentials = ReadonlyMap<ChannelId, unknown>;

/** Where the relay finds the credentials of a shop's channels: the same object while nothing changed. */
export interface CredentialsSource {
  content(): Promise<RawCredentials>;
}

export class CredentialsFile implements CredentialsSource {
  readonly #path: string;
  #seen = "";
  #lookedAt = Number.NEGATIVE_INFINITY;
  #content: RawCredentials = new Map();
  #reading = Promise.resolve();

  constructor(path: string) {
    this.#path = path;
  }

  /** The last good content stays while the file cannot be read: it may be written just now. */
  async content(): Promise<RawCredentials> {
    // Asked on every call of a stream: once in a while is soon enough.
    const at = performance.now();
    if (at - this.#lookedAt >= LOOK_EVERY_MS) {
      this.#lookedAt = at;
      this.#reading = this.#readIfChanged();
    }
    await this.#reading;
    return this.#content;
  }

  async #readIfChanged(): Promise<void> {
    // The synchronous question takes a tenth of the other's time.
    const now = statSync(this.#path, { throwIfNoEntry: false });
    const seen = now === undefined ? "absent" : `${now.ino} ${now.mtimeMs} ${now.size}`;
    if (seen === this.#seen) return;
    const read = seen === "absent" ? ok(new Map<ChannelId, unknown>()) : await this.check();
    if (!read.ok) return;
    this.#content = read.value;
    this.#seen = seen;
  }

  /** Reads now; the error says what is wrong with the file and repeats nothing of it. */
  async check(): Promise<Result<RawCredentials, string>> {
    let value: unknown;
    try {
      value = JSON.parse(await readFile(this.#path, "utf8"));
    } catch (error) {
      return err(errorCode(error) === "SyntaxError" ? "it is not JSON" : "it cannot be read");
    }
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      return err("it is not a JSON object with one object per channel");
    }
    const entries = new Map(Object.entries(value));
    return ok(
      new Map(
        channelIds
          .filter((channel) => entries.has(channel))
          .map((channel) => [channel, entries.get(channel) as unknown]),
      ),
    );
  }
}
