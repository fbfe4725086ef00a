/**
 * The whole sandbox behind one port: TikTok Shop, Shopify and the remote control, told apart by
 * their paths. Loopback only; nothing here is meant for anybody else's machine.
 */
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { HTTPException } from "hono/http-exception";
import type { Clock } from "../base/clock";
import { assert } from "../base/assert";
import { bucket } from "./bucket";
import { controlApp } from "./control";
import type { Keyring } from "./credentials";
import { POINTS_MAX, POINTS_PER_SECOND } from "./shopify/cost";
import { shopifyApp } from "./shopify/server";
import { openStage, type Stage } from "./stage";
import type { Store } from "./store";
import { tiktokApp } from "./tiktok/server";
import { tokenDesk } from "./tiktok/tokens";

export interface SandboxOptions {
  readonly clock: Clock;
  readonly store: Store;
  readonly keyring: Keyring;
  /** TikTok's calls: so many at once, so many a second after that. Theirs are not published. */
  readonly tiktokCalls?: { readonly burst: number; readonly perSecond: number };
}

export interface Sandbox {
  readonly app: Hono;
  readonly stage: Stage;
}

const BODY_MAX = 1_000_000;

export function openSandbox(options: SandboxOptions): Sandbox {
  const { clock, store, keyring } = options;
  const stage = openStage(clock, store);
  const desk = tokenDesk(keyring, clock);
  const calls = options.tiktokCalls ?? { burst: 40, perSecond: 20 };
  const tiktok = tiktokApp({ stage, keyring, desk, calls: bucket(calls.burst, calls.perSecond) });
  const shopify = shopifyApp({ stage, keyring, points: bucket(POINTS_MAX, POINTS_PER_SECOND) });

  const app = new Hono();
  app.use(bodyLimit({ maxSize: BODY_MAX }));
  app.route(
    "/rehearsal",
    controlApp(stage, () => desk.consent()),
  );
  app.all("/admin/*", (c) => shopify.fetch(c.req.raw));
  // TikTok last: every path that is nobody's gets TikTok's answer to a wrong path.
  app.all("*", (c) => tiktok.fetch(c.req.raw));
  app.onError((error, c) => {
    if (error instanceof HTTPException) return error.getResponse();
    console.error("sandbox:", error);
    return c.json({ error: { code: "internal", message: "The sandbox failed." } }, 500);
  });
  return { app, stage };
}

export interface Listening {
  readonly port: number;
  close(): Promise<void>;
}

/** `port` 0: any free one. */
export function listen(sandbox: Sandbox, port: number): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: sandbox.app.fetch, hostname: "127.0.0.1", port });
    server.once("error", reject);
    server.once("listening", () => {
      const address = server.address();
      assert(isInternet(address), "a TCP address");
      resolve({
        port: address.port,
        close: () =>
          new Promise((done) => {
            sandbox.stage.close();
            server.close(() => done());
            // Plain HTTP by construction; keep-alive connections would hold the process.
            (server as Server).closeAllConnections();
          }),
      });
    });
  });
}

function isInternet(address: AddressInfo | string | null): address is AddressInfo {
  return typeof address === "object" && address !== null;
}
