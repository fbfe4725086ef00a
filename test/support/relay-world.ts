/** A companion between a test and a channel's server; the state that every relay test begins with. */
import { afterEach, beforeEach, jest } from "@jest/globals";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { connectionDocument } from "../../src/channels/shopify/documents";
import {
  canaries,
  temporaryCompanion,
  temporaryFolder,
  type Options,
  type TemporaryCompanion,
} from "./temporary-companion";
import { upstream, type Asked, type Upstream } from "./upstream";

export const book = "rehearsal-r1";
export const search = {
  method: "POST",
  path: "/order/202309/orders/search",
  query: { page_size: "100", page_token: "a+b/c==" },
  body: '{"update_time_ge":1}',
};
export const graphql = {
  method: "POST",
  path: "/admin/api/2026-10/graphql.json",
  query: {},
  body: JSON.stringify({ query: connectionDocument, variables: {} }),
};
const farAway = 4_000_000_000;

export const tiktok = (more: object = {}) => ({
  appKey: "key",
  appSecret: canaries.appSecret,
  accessToken: canaries.accessToken,
  refreshToken: canaries.refreshToken,
  accessTokenExpiresAt: farAway,
  shopCipher: "cipher",
  ...more,
});
export const amazon = {
  clientId: "amzn1.application-oa2-client.1",
  clientSecret: canaries.amazonSecret,
  refreshToken: canaries.amazonRefresh,
  sellerId: "A1SELLER",
};
export const ebay = {
  clientId: "app-id",
  clientSecret: canaries.ebaySecret,
  ruName: "My_Shop-app",
  refreshToken: canaries.ebayRefresh,
};
export const shopify = { shop: "my-shop", clientId: "id", clientSecret: canaries.clientSecret };
export const renewedTokens = (access: string, refresh: string) => ({
  code: 0,
  message: "success",
  request_id: "r",
  data: {
    access_token: access,
    access_token_expire_in: farAway,
    refresh_token: refresh,
    refresh_token_expire_in: farAway,
    open_id: "o",
    seller_name: "s",
    seller_base_region: "US",
    user_type: 0,
    granted_scopes: [],
  },
});
export const orders = { code: 0, message: "Success", request_id: "r", data: { orders: [] } };

export interface World {
  channel: Upstream;
  companion: TemporaryCompanion;
  /** What the companion has written to its log. */
  log: string[];
  start(credentials: object, options?: Options): Promise<void>;
  relay(request: unknown, to?: string): ReturnType<TemporaryCompanion["post"]>;
  last(): Asked;
  fence: Record<string, string>;
}

/** Registers its own `beforeEach` and `afterEach`. */
export function relayWorld(): World {
  const world = {
    log: [] as string[],
    async start(credentials: object, options: Options = {}) {
      const home = options.env?.["STREAMSTOCK_HOME"] ?? temporaryFolder();
      writeFileSync(join(home, "rehearsal-credentials.json"), JSON.stringify(credentials));
      world.companion = await temporaryCompanion({
        upstreamTimeoutMs: 400,
        ...options,
        env: {
          STREAMSTOCK_SANDBOX: world.channel.origin,
          ...options.env,
          STREAMSTOCK_HOME: home,
        },
      });
      world.fence = await world.companion.lead(book);
    },
    relay: (request: unknown, to = "tiktok") =>
      world.companion.post(`/api/relay/${book}/${to}`, request, world.fence),
    last: () => world.channel.asked.at(-1) as Asked,
  } as World;
  beforeEach(async () => {
    world.log = [];
    jest
      .spyOn(console, "error")
      .mockImplementation((...words) => void world.log.push(words.join(" ")));
    world.channel = await upstream("r1");
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await world.companion.stop();
    rmSync(world.companion.home, { recursive: true, force: true });
    await world.channel.stop();
  });
  return world;
}
