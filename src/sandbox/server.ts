/**
 * The whole sandbox behind one port: the channels and the remote control, told apart by their paths.
 * Loopback only; nothing here is meant for anybody else's machine.
 */
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { serve, type HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { HTTPException } from "hono/http-exception";
import type { Clock } from "../base/clock";
import type { ChannelId } from "../base/ids";
import { assert } from "../base/assert";
import { controlApp } from "./control";
import type { Keyring } from "./credentials";
import { throughFaults, type Connection, type FaultGate } from "./fault-gate";
import { openFaults } from "./faults";
import { skewedStage } from "./skewed-stage";
import { openStage, type Stage } from "./stage";
import type { Store } from "./store";
import type { Venue } from "./venue";
import { venues as everyVenue } from "./venues";

export interface SandboxOptions {
  readonly clock: Clock;
  readonly store: Store;
  readonly keyring: Keyring;
  /** The channels to play, the live one first; left out: all that there are. */
  readonly venues?: readonly Venue[];
}

export interface Sandbox {
  readonly app: Hono<{ Bindings: Partial<HttpBindings> }>;
  readonly stage: Stage;
}

const BODY_MAX = 1_000_000;

export function openSandbox(options: SandboxOptions): Sandbox {
  const { clock, store, keyring, venues = everyVenue } = options;
  const stage = openStage(
    clock,
    store,
    venues.map(({ channel }) => channel),
  );
  const faults = openFaults(stage);
  const open = (venue: Venue): FaultGate => {
    const { channel } = venue;
    const own = skewedStage(stage, channel, () => faults.skewOf(channel));
    return { channel, faults, stage, server: venue.open({ stage: own, keyring }) };
  };
  const gates = venues.map((venue) => ({ paths: venue.paths, gate: open(venue) }));
  const gateOf = (channel: ChannelId) =>
    gates.find(({ gate }) => gate.channel === channel)?.gate ?? null;

  const app = new Hono<{ Bindings: Partial<HttpBindings> }>();
  app.use(bodyLimit({ maxSize: BODY_MAX }));
  const consent = (channel: ChannelId) => gateOf(channel)?.server.consent() ?? null;
  app.route("/rehearsal", controlApp({ stage, faults, consent }));
  app.all("*", (c) => {
    const { path } = c.req;
    const found = gates.find(({ paths }) => paths.some((start) => path.startsWith(start)));
    // A path that is nobody's gets the first channel's answer to a wrong path.
    const gate = (found ?? gates[0])?.gate;
    assert(gate !== undefined, "a sandbox plays some channel");
    return throughFaults(gate, c.req.raw, connectionOf(c.env));
  });
  app.onError((error, c) => {
    if (error instanceof HTTPException) return error.getResponse();
    console.error("sandbox:", error);
    return c.json({ error: { code: "internal", message: "The sandbox failed." } }, 500);
  });
  return { app, stage };
}

/** There is none when the call did not come by the network. */
function connectionOf(bindings: Partial<HttpBindings> | undefined): Connection {
  return bindings?.outgoing;
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
