import { describe, expect, test } from "@jest/globals";
import { tiktokChannel } from "../../../src/channels/tiktok/tiktok-channel";
import { tiktokListing as listing } from "../../support/listings";
import { inTurn, type Told } from "../../support/scripted-http";

const clock = { now: () => Date.UTC(2026, 10, 23, 10) };

const success = (data: unknown): Told => ({ body: { code: 0, message: "Success", data } });
const failure = (code: number, message = "", status = 200): Told => ({
  status,
  body: { code, message },
});

describe("what TikTok's refusals mean", () => {
  const date = "Mon, 23 Nov 2026 10:00:00 GMT";
  test.each<[string, Told, object]>([
    ["429", { status: 429, body: "slow down" }, { kind: "throttled", retryAfterMs: 1000 }],
    [
      "Retry-After in seconds",
      { ...failure(36009002), headers: { "retry-after": "3" } },
      { kind: "throttled", retryAfterMs: 3000 },
    ],
    [
      "Retry-After as a date",
      {
        ...failure(36009002),
        headers: { date, "retry-after": "Mon, 23 Nov 2026 10:00:09 GMT" },
      },
      { kind: "throttled", retryAfterMs: 9000 },
    ],
    [
      "Retry-After without end",
      { ...failure(36009002), headers: { "retry-after": "999999999" } },
      { kind: "throttled", retryAfterMs: 3_600_000 },
    ],
    ["105002", failure(105002, "Expired"), { kind: "unauthorised", code: "105002" }],
    ["106001", failure(106001, "sign"), { kind: "unauthorised", code: "106001" }],
    ["36009033", failure(36009033, "IP"), { kind: "unauthorised", code: "36009033" }],
    [
      "36009004 about the timestamp",
      failure(36009004, "Invalid timestamp"),
      { kind: "unauthorised", code: "36009004" },
    ],
    [
      "36009004 about anything else",
      failure(36009004, "Invalid page_size"),
      { kind: "rejected", code: "36009004", message: "Invalid page_size" },
    ],
    ["36009003", failure(36009003, "Internal"), { kind: "server_error", status: 200 }],
    ["36009007", failure(36009007, "timeout"), { kind: "server_error" }],
    ["503", { status: 503, body: "<html>" }, { kind: "server_error", status: 503 }],
    ["403 without words", { status: 403, body: "" }, { kind: "unauthorised", code: "http_403" }],
    ["404 without words", { status: 404, body: "" }, { kind: "rejected", code: "http_404" }],
    ["another code", failure(12052180, "10000"), { kind: "rejected", code: "12052180" }],
    ["no JSON", { body: "<html>" }, { kind: "malformed" }],
    ["no data", { body: { code: 0 } }, { kind: "malformed" }],
    ["the relay's own", { refusal: { kind: "companion_down" } }, { kind: "companion_down" }],
  ])("%s", async (_name, told, refusal) => {
    const read = await tiktokChannel({ http: inTurn([told]), clock }).readStock([listing(1)]);
    expect(read).toMatchObject({ ok: false, error: refusal });
  });

  test("a field that does not fit is named with its place", async () => {
    const sku = { id: 1729388324987897824, warehouse_inventory: [] };
    const http = inTurn([success({ inventory: [{ product_id: "1", skus: [sku] }] })]);
    const read = await tiktokChannel({ http, clock }).readStock([listing(1)]);
    // An id that came as a number has lost its last digits: it is no id any more.
    expect(read).toMatchObject({ error: { kind: "malformed" } });
    expect(JSON.stringify(read)).toContain("data.inventory.0.skus.0.id");
  });
});
