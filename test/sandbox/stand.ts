/** A sandbox on a real port with a clock that the test turns, and callers that know its keys. */
import type { ChannelId } from "../../src/base/ids";
import { sign } from "../../src/channels/tiktok/auth";
import { catalogue, type CatalogueItem } from "../../src/sandbox/catalogue";
import { memoryKeyring, newCredentials, type Keyring } from "../../src/sandbox/credentials";
import { listen, openSandbox, type Listening, type SandboxOptions } from "../../src/sandbox/server";
import type { Stage } from "../../src/sandbox/stage";
import { noStore } from "../../src/sandbox/store";

export const START = Date.UTC(2026, 10, 23, 12, 0, 0);

const [first, second, third] = catalogue as readonly [CatalogueItem, CatalogueItem, CatalogueItem];
export const items = { featured: first, second, third };

/** Bodies are looked at field by field in the tests. */
export type Json = ReturnType<typeof JSON.parse>;

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Json;
}

interface TikTokCall {
  readonly method?: "GET" | "POST";
  readonly query?: Record<string, string>;
  readonly body?: string | object;
  /** What a bad caller does otherwise; undefined leaves a parameter out. */
  readonly change?: Record<string, string | undefined>;
  readonly token?: string;
  readonly cipher?: boolean;
  readonly tamper?: (signature: string) => string;
}

export interface Stand {
  readonly origin: string;
  readonly keyring: Keyring;
  readonly stage: Stage;
  pass(ms: number): void;
  call(path: string, init?: RequestInit): Promise<Answer>;
  control(path: string, body?: object): Promise<Answer>;
  order(channel: ChannelId, units?: number, paid?: boolean, sku?: string): Promise<string>;
  truth(sku?: string): Promise<Json>;
  tiktok(path: string, call?: TikTokCall): Promise<Answer>;
  graphql(query: string, variables?: object, token?: string): Promise<Answer>;
  close(): Promise<void>;
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  let body: unknown = text;
  try {
    body = JSON.parse(text);
  } catch {
    // Stays text.
  }
  return { status: response.status, headers: response.headers, body };
}

export async function openStand(options: Partial<SandboxOptions> = {}): Promise<Stand> {
  let now = START;
  const clock = { now: () => now };
  const keyring = memoryKeyring(newCredentials(now));
  const sandbox = openSandbox({ clock, store: noStore(), keyring, ...options });
  const listening: Listening = await listen(sandbox, 0);
  const origin = `http://127.0.0.1:${listening.port}`;
  let shopifyToken = "";

  const call = async (path: string, init?: RequestInit) =>
    answerOf(await fetch(origin + path, init));
  const post = (body: object, headers: Record<string, string> = {}): RequestInit => ({
    method: "POST",
    body: JSON.stringify(body),
    headers: { "content-type": "application/json", ...headers },
  });

  const stand: Stand = {
    origin,
    keyring,
    stage: sandbox.stage,
    pass: (ms) => void (now += ms),
    call,
    control: (path, body) => call(`/rehearsal${path}`, body && post(body)),
    async order(channel, units = 1, paid = true, sku = items.featured.sku) {
      const placed = await stand.control("/order", { channel, sku, units, paid });
      if (placed.status !== 200) throw new Error(JSON.stringify(placed.body));
      return placed.body.order;
    },
    async truth(sku = items.featured.sku) {
      const { body } = await stand.control("/truth");
      return body.items.find((item: { sku: string }) => item.sku === sku);
    },
    async tiktok(path, given = {}) {
      const keys = keyring.read().tiktok;
      const method = given.method ?? "POST";
      const body =
        method === "GET"
          ? ""
          : typeof given.body === "string"
            ? given.body
            : JSON.stringify(given.body ?? {});
      const query: Record<string, string | undefined> = {
        ...given.query,
        app_key: keys.appKey,
        timestamp: String(Math.floor(now / 1000)),
        ...((given.cipher ?? true) && { shop_cipher: keys.shopCipher }),
        ...given.change,
      };
      const sent = Object.fromEntries(
        Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined),
      );
      const signature = sign({ appSecret: keys.appSecret, path, query: sent, body });
      const url = new URLSearchParams({ ...sent, sign: (given.tamper ?? String)(signature) });
      return call(`${path}?${url}`, {
        method,
        headers: {
          "content-type": "application/json",
          "x-tts-access-token": given.token ?? keys.accessToken,
        },
        ...(method === "POST" && { body }),
      });
    },
    async graphql(query, variables = {}, token) {
      if (shopifyToken === "" && token === undefined) {
        const { clientId, clientSecret } = keyring.read().shopify;
        const form = new URLSearchParams({
          grant_type: "client_credentials",
          client_id: clientId,
          client_secret: clientSecret,
        });
        const granted = await call("/admin/oauth/access_token", { method: "POST", body: form });
        shopifyToken = granted.body.access_token;
      }
      const headers = { "x-shopify-access-token": token ?? shopifyToken };
      return call("/admin/api/2026-10/graphql.json", post({ query, variables }, headers));
    },
    close: () => listening.close(),
  };
  return stand;
}
