import { afterEach, describe, expect, jest, test } from "@jest/globals";
import { cleanup, fireEvent, screen, within } from "@testing-library/react";
import { channelIds, type ChannelId, type Sku } from "../../src/base/ids";
import { err, ok } from "../../src/base/result";
import type { Connection, ShopCalls, ShopReading } from "../../src/worker/api";
import { engineState, playedSession, type PlayedSession } from "../support/engine-state";
import { showPane, type ShownPane } from "../support/pane";

afterEach(() => {
  cleanup();
  jest.useRealTimers();
  localStorage.clear();
});

const has = (text: string | RegExp) => screen.queryByText(text) !== null;
const button = (name: string | RegExp) => screen.getByRole("button", { name });

function connection(channel: ChannelId, over: Partial<Connection> = {}): Connection {
  const text = (name: string) => ({ name, kind: "text" as const, required: true, choices: [] });
  return {
    channel,
    state: "not_connected",
    shop: "",
    expiresAt: null,
    accessUntil: null,
    fromFile: false,
    consent: channel === "tiktok" || channel === "ebay",
    fields: [text("shop"), text("clientId"), { ...text("clientSecret"), kind: "secret" }],
    ...over,
  };
}

function connections(over: Partial<Record<ChannelId, Partial<Connection>>> = {}) {
  return channelIds.map((channel) => connection(channel, over[channel]));
}

interface Shown {
  readonly pane: ShownPane;
  readonly session: PlayedSession;
}

function show(
  over: Partial<Record<ChannelId, Partial<Connection>>>,
  shops: Partial<ShopCalls> = {},
  state: Parameters<typeof engineState>[0] = {},
): Shown {
  const session = playedSession(engineState({ connections: connections(over), ...state }), {
    shops,
  });
  const pane = showPane(session);
  fireEvent.click(screen.getByRole("tab", { name: /^Channels/ }));
  return { pane, session };
}

const card = (name: string) => within(screen.getByRole("article", { name }));

function field(name: string): HTMLInputElement {
  const found = card("Shopify").getByLabelText(name);
  if (!(found instanceof HTMLInputElement)) throw new Error(`${name} is no input`);
  return found;
}

describe("the connections", () => {
  test.each([
    ["not_connected", "Not connected", "Connect"],
    ["expired", "Consent has run out", "Connect again"],
    ["revoked", "Access was withdrawn", "Connect again"],
    ["rights_missing", "Rights are missing", "Connect again"],
    ["connected", "Connected", "Test"],
  ] as const)("one that is %s says so and has one thing to do", (state, words, action) => {
    show({ shopify: { state } });
    expect(card("Shopify").queryByText(words)).not.toBeNull();
    expect(card("Shopify").queryAllByRole("button")[0]?.textContent).toBe(action);
  });

  test("one that needs the seller is marked from every screen", () => {
    const { pane, session } = show({ ebay: { state: "connected" } });
    const marked = () => screen.queryByRole("img", { name: "needs you" }) !== null;
    expect(marked()).toBe(false);
    fireEvent.click(screen.getByRole("tab", { name: "Watch" }));
    pane.tell(() =>
      session.send(engineState({ connections: connections({ ebay: { state: "revoked" } }) })),
    );
    expect(marked()).toBe(true);
  });

  test("keys from a file can be tested and not taken away", () => {
    show({ amazon: { state: "connected", fromFile: true } });
    const names = card("Amazon")
      .queryAllByRole("button")
      .map((each) => each.textContent);
    expect(names).toEqual(["Test"]);
  });

  test("a disconnection is asked about first", async () => {
    const { pane, session } = show(
      { shopify: { state: "connected" } },
      { disconnect: () => Promise.resolve(ok(null)) },
    );
    fireEvent.click(card("Shopify").getByRole("button", { name: "Disconnect" }));
    expect(session.calls).toEqual([]);
    fireEvent.click(button("Keep it"));
    fireEvent.click(card("Shopify").getByRole("button", { name: "Disconnect" }));
    fireEvent.click(button("Yes, disconnect"));
    await pane.settle();
    expect(session.calls).toEqual([["shops.disconnect", "shopify"]]);
  });
});

describe("connecting", () => {
  const fill = () => {
    fireEvent.click(card("Shopify").getByRole("button", { name: "Connect" }));
    field("Shop address").value = " my-shop.myshopify.com ";
    field("Client ID").value = "id-1";
    field("Client secret").value = "hush";
    fireEvent.click(card("Shopify").getByRole("button", { name: "Connect" }));
  };

  test("ends with the live test: shop, listings, rights", async () => {
    const { pane, session } = show(
      {},
      {
        connect: () => Promise.resolve(ok({ state: "connected" as const, openUrl: null })),
        test: () =>
          Promise.resolve(ok({ shopName: "Mia's", missing: [], listings: 250, more: true })),
      },
    );
    fill();
    await pane.settle();
    const fields = { shop: "my-shop.myshopify.com", clientId: "id-1", clientSecret: "hush" };
    expect(session.calls).toEqual([
      ["shops.connect", "shopify", fields],
      ["shops.test", "shopify"],
    ]);
    pane.tell(() =>
      session.send(engineState({ connections: connections({ shopify: { state: "connected" } }) })),
    );
    for (const text of ["It works.", "Mia's", "more than 250", "complete"]) {
      expect([text, has(text)]).toEqual([text, true]);
    }
  });

  test("a right that is missing is named as the channel names it", async () => {
    const missing = ["write_inventory", "read_orders"];
    const { pane } = show(
      { shopify: { state: "rights_missing" } },
      {
        test: () => Promise.resolve(ok({ shopName: "", missing, listings: 0, more: false })),
      },
    );
    fireEvent.click(card("Shopify").getByRole("button", { name: "Test" }));
    await pane.settle();
    expect(has("It works in part.")).toBe(true);
    for (const right of missing) expect([right, has(right)]).toEqual([right, true]);
  });

  test("a secret is wiped as it is sent, and what was refused can be corrected", async () => {
    const { pane } = show(
      {},
      { connect: () => Promise.resolve(err({ code: "bad_field", field: "shop" } as const)) },
    );
    fill();
    expect(field("Client secret").value).toBe("");
    await pane.settle();
    expect(document.body.outerHTML).not.toContain("hush");
    expect(field("Shop address").value).toBe(" my-shop.myshopify.com ");
    expect(field("Shop address").getAttribute("aria-invalid")).toBe("true");
    expect(field("Client ID").getAttribute("aria-invalid")).not.toBe("true");
  });

  test("a field that was forgotten is marked, and nothing is sent or wiped", () => {
    const { session } = show({});
    fireEvent.click(card("Shopify").getByRole("button", { name: "Connect" }));
    field("Client secret").value = "hush";
    fireEvent.click(card("Shopify").getByRole("button", { name: "Connect" }));
    expect(session.calls).toEqual([]);
    expect(field("Shop address").getAttribute("aria-invalid")).toBe("true");
    expect(field("Client secret").value).toBe("hush");
  });

  test("a consent page opens in the browser, and its code is pasted", async () => {
    const { pane, session } = show(
      { tiktok: { fields: [] } },
      {
        connect: () =>
          Promise.resolve(
            ok({ state: "consent_open" as const, openUrl: "https://consent.test/a" }),
          ),
        pasteCode: () => Promise.resolve(err({ code: "code_refused" } as const)),
      },
    );
    fireEvent.click(card("TikTok Shop").getByRole("button", { name: "Connect" }));
    fireEvent.click(card("TikTok Shop").getByRole("button", { name: "Connect" }));
    await pane.settle();
    pane.tell(() =>
      session.send(
        engineState({ connections: connections({ tiktok: { state: "consent_open" } }) }),
      ),
    );
    const link = screen.getByRole("link", { name: /Open TikTok Shop's page/ });
    expect(link.getAttribute("href")).toBe("https://consent.test/a");
    expect(link.getAttribute("rel")).toContain("noopener");
    fireEvent.change(card("TikTok Shop").getByLabelText("Address or code"), {
      target: { value: "https://back.test/?code=abc" },
    });
    fireEvent.click(button("Finish connecting"));
    await pane.settle();
    expect(session.calls.at(-1)).toEqual([
      "shops.pasteCode",
      "tiktok",
      "https://back.test/?code=abc",
    ]);
    expect(has(/not a code of this try/)).toBe(true);
  });

  test("an address that is no web page is never offered to be opened", async () => {
    const { pane, session } = show(
      { tiktok: { fields: [] } },
      {
        connect: () =>
          Promise.resolve(ok({ state: "consent_open" as const, openUrl: "javascript:alert(1)" })),
      },
    );
    fireEvent.click(card("TikTok Shop").getByRole("button", { name: "Connect" }));
    fireEvent.click(card("TikTok Shop").getByRole("button", { name: "Connect" }));
    await pane.settle();
    pane.tell(() =>
      session.send(
        engineState({ connections: connections({ tiktok: { state: "consent_open" } }) }),
      ),
    );
    expect(screen.queryByRole("link")).toBeNull();
    expect(has("Finish connecting")).toBe(true);
  });
});

describe("the live book", () => {
  const listing = (channel: ChannelId, shown: number | null) => ({
    channel,
    listingId: `${channel}-1`,
    shown,
    onSale: true,
    warnings: [],
  });
  const reading: ShopReading = {
    skus: [
      {
        sku: "A-1" as Sku,
        title: "Mug",
        listings: [listing("tiktok", 30), listing("shopify", 24)],
        suggested: 24,
        isKnown: false,
      },
      {
        sku: "B-2" as Sku,
        title: "Cup",
        listings: [listing("shopify", null)],
        suggested: null,
        isKnown: false,
      },
    ],
    bundles: [],
    unmapped: [{ channel: "shopify", listingId: "9", title: "Gift card", reason: "no_sku" }],
    byPlatform: 2,
    failed: [{ channel: "amazon", kind: "throttled", detail: "60" }],
  };
  const read = async (shops: Partial<ShopCalls>) => {
    const shown = show(
      { shopify: { state: "connected" } },
      { readShops: () => Promise.resolve(ok(reading)), ...shops },
    );
    fireEvent.click(button("Read my listings"));
    await shown.pane.settle();
    return shown;
  };
  const count = (sku: string) => screen.getByLabelText(`Units of ${sku} on the shelf`);

  test("counts begin with the smallest number shown, never the sum", async () => {
    await read({});
    expect(count("A-1")).toHaveProperty("value", "24");
    expect(count("B-2")).toHaveProperty("value", "");
    fireEvent.click(button("1 listing is not mapped"));
    for (const text of [
      "TikTok Shop 30",
      "Shopify 24",
      "channels differ",
      "1 listing is not mapped",
      "(no seller SKU)",
      "2 listings are shipped by the platform and left out.",
      "Amazon could not be read, so its listings are left alone.",
      "1 SKU is left alone: no count.",
    ]) {
      expect([text, has(text)]).toEqual([text, true]);
    }
  });

  test("opens with what she counted; an empty field leaves its SKU alone", async () => {
    const { pane, session } = await read({ takeShops: () => Promise.resolve(ok(null)) });
    fireEvent.change(count("A-1"), { target: { value: "31" } });
    fireEvent.click(button("Open live with 1 SKU"));
    await pane.settle();
    expect(session.calls.at(-1)).toEqual(["shops.takeShops", { "A-1": 31 }]);
    expect(has("Your live book is open.")).toBe(true);
    expect(screen.queryByLabelText("Units of A-1 on the shelf")).toBeNull();
  });

  test("a count that is no whole number is told and not booked", async () => {
    const { session } = await read({});
    fireEvent.change(count("A-1"), { target: { value: "2.5" } });
    expect(screen.queryAllByText("Whole units, 0 or more.")).not.toEqual([]);
    fireEvent.click(button(/^Open live with/));
    expect(session.calls.map(([name]) => name)).toEqual(["shops.readShops"]);
  });

  test("is opened, and left for a rehearsal, only after a word of warning", async () => {
    const openBook = () => Promise.resolve(ok(null));
    const { pane, session } = show({}, { openBook });
    fireEvent.click(button("Open the live book"));
    expect(session.calls).toEqual([]);
    expect(has(/StreamStock sends stock to your shops/)).toBe(true);
    fireEvent.click(button("Open it now"));
    await pane.settle();
    expect(session.calls).toEqual([["shops.openBook", "live"]]);
    pane.tell(() => session.send(engineState({ book: "live", connections: connections() })));
    fireEvent.click(button("Back to the rehearsal"));
    expect(has(/is not kept level/)).toBe(true);
    fireEvent.click(button("Not now"));
    expect(session.calls).toHaveLength(1);
  });

  test("has no rehearsal to start in it, and an empty one leads on", () => {
    const { pane } = show({}, {}, { book: "live", skus: [] });
    fireEvent.click(screen.getByRole("tab", { name: "Watch" }));
    expect(screen.queryByRole("button", { name: /Rehearse/ })).toBeNull();
    fireEvent.click(button("Import a file"));
    pane.pass(1000);
    expect(screen.getByRole("tab", { name: "Import" }).getAttribute("aria-selected")).toBe("true");
  });
});
