/** A seller's own shops for a test: the sandbox's servers in the place of the channels. */
import { systemClock } from "../../src/base/clock";
import { memoryKeyring, newCredentials, type Credentials } from "../../src/sandbox/credentials";
import { listen, openSandbox } from "../../src/sandbox/server";
import { noStore } from "../../src/sandbox/store";

export interface Market {
  readonly port: number;
  readonly keys: Credentials;
  /** What a companion is started with so that it calls these shops. */
  readonly env: Record<string, string>;
  /** The shops' remote control (rehearsal-contract.ts): "" for the state, "/truth", "/order"... */
  ask<T>(path: string, body?: object): Promise<T>;
  close(): Promise<void>;
}

const hosts = ["TIKTOK", "TIKTOK_AUTH", "AMAZON", "AMAZON_AUTH", "SHOPIFY", "EBAY", "EBAY_AUTH"];

export async function openMarket(): Promise<Market> {
  const keys = newCredentials(Date.now());
  const keyring = memoryKeyring(keys);
  const { port, close } = await listen(
    openSandbox({ clock: systemClock, store: noStore(), keyring }),
    0,
  );
  const origin = `http://127.0.0.1:${port}`;
  return {
    port,
    keys,
    env: Object.fromEntries(hosts.map((host) => [`STREAMSTOCK_UPSTREAM_${host}`, origin])),
    async ask<T>(path: string, body?: object): Promise<T> {
      const init = {
        method: "POST",
        body: JSON.stringify(body),
        headers: { "content-type": "application/json" },
      };
      const answer = await fetch(`${origin}/rehearsal${path}`, body === undefined ? {} : init);
      if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
      return (await answer.json()) as T;
    },
    close: () => close(),
  };
}
