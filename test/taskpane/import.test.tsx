import { afterEach, describe, expect, jest, test } from "@jest/globals";
import { cleanup, fireEvent, screen } from "@testing-library/react";
import type { Sku } from "../../src/base/ids";
import { err, ok, type Result } from "../../src/base/result";
import {
  fileRefusalCodes,
  leftOutCodes,
  rowRefusalCodes,
} from "../../src/channels/exports/refusals";
import { messagesOf } from "../../src/locale/locale";
import type { ImportCalls, ImportOpened, ImportPreview, ImportRefusal } from "../../src/worker/api";
import { engineState, playedSession } from "../support/engine-state";
import { showPane } from "../support/pane";

afterEach(() => {
  cleanup();
  jest.useRealTimers();
  localStorage.clear();
});

const has = (text: string | RegExp) => screen.queryByText(text) !== null;
const button = (name: string | RegExp) => screen.getByRole("button", { name });

const opened: ImportOpened = {
  recognised: {
    mapping: {
      form: "amazon_listings",
      channel: "amazon",
      subject: "stock",
      sheet: 0,
      headerRow: 1,
      columns: { sku: [0], available: [1] },
      dateOrder: null,
    },
    certainty: "sure",
    headers: ["seller-sku", "quantity"],
    unused: [],
    missing: [],
    sample: [],
  },
  source: { kind: "text", encoding: "utf-8", delimiter: "\t", sheets: [] },
};

const nothing = { listed: null, onHand: null, ordered: 0, paid: 0, cancelled: 0, shipped: 0 };

function preview(over: Partial<ImportPreview["summary"]> = {}): ImportPreview {
  return {
    summary: {
      id: "amazon-1",
      channel: "amazon",
      subject: "stock",
      rows: 4,
      isRepeat: false,
      needsOrdersFirst: false,
      dateOrder: { order: "mdy", isSure: true },
      orders: 0,
      readings: 2,
      newListings: 1,
      changes: 2,
      isEmpty: false,
      refused: { quantity_unreadable: 1 },
      leftOut: { fulfilled_by_channel: 1 },
      locations: [],
      ...over,
    },
    page: {
      changes: [
        { ...nothing, sku: "A-1" as Sku, isNew: true, onHand: { from: 0, to: 12 } },
        { ...nothing, sku: "B-2" as Sku, isNew: false, ordered: 3, cancelled: 1 },
      ],
      refused: [{ row: 7, code: "quantity_unreadable", column: "quantity", cell: "=1+1" }],
      leftOut: [{ row: 9, code: "fulfilled_by_channel", column: "", cell: "" }],
    },
  };
}

type Previewed = Result<ImportPreview, ImportRefusal>;

function show(imports: Partial<ImportCalls>) {
  const session = playedSession(engineState({ book: "live" }), {
    imports: {
      open: () => Promise.resolve(ok(opened)),
      preview: (): Promise<Previewed> => Promise.resolve(ok(preview())),
      cancel: () => Promise.resolve(null),
      ...imports,
    },
  });
  const pane = showPane(session);
  fireEvent.click(screen.getByRole("tab", { name: "Import" }));
  return { session, pane };
}

function drop(name = "listings.txt"): void {
  const zone = screen.getByText("or drop it here").parentElement;
  if (zone === null) throw new Error("no zone");
  const file = new File(["x"], name, { lastModified: 1_000 });
  fireEvent.drop(zone, { dataTransfer: { files: [file] } });
}

describe("every code has words", () => {
  test.each(["en", "zh-CN"] as const)("in %s", (locale) => {
    const { fileRefusal, rowRefusal, leftOut } = messagesOf(locale).imports;
    expect(Object.keys(fileRefusal).sort()).toEqual([...fileRefusalCodes].sort());
    expect(Object.keys(rowRefusal).sort()).toEqual([...rowRefusalCodes].sort());
    expect(Object.keys(leftOut).sort()).toEqual([...leftOutCodes].sort());
  });
});

describe("a file", () => {
  test("while a rehearsal is open leads to the live book first", async () => {
    const openBook = () => Promise.resolve(ok(null));
    const session = playedSession(engineState(), { shops: { openBook } });
    const pane = showPane(session);
    fireEvent.click(screen.getByRole("tab", { name: "Import" }));
    expect(screen.queryByRole("button", { name: "Choose a file" })).toBeNull();
    fireEvent.click(button("Open the live book"));
    fireEvent.click(button("Open it now"));
    await pane.settle();
    expect(session.calls).toEqual([["shops.openBook", "live"]]);
  });

  test("dropped shows what will change and every refused row, and books nothing yet", async () => {
    const { session, pane } = show({});
    drop();
    await pane.settle();
    for (const text of [
      "Amazon stock",
      "on hand 0 → 12",
      "3 ordered · 1 cancelled",
      "Row 7",
      /The quantity is not a number\./,
      "quantity: =1+1",
      /shipped by the platform/,
    ]) {
      expect([text, has(text)]).toEqual([text, true]);
    }
    expect(session.calls.map(([name]) => name)).toEqual(["imports.open", "imports.preview"]);
    expect(session.calls[0]?.[1]).toMatchObject({ kind: "file", madeAt: 1_000 });
  });

  test("is booked in one step, and then the way is free for the next", async () => {
    const { session, pane } = show({ apply: () => Promise.resolve(ok(null)) });
    drop();
    await pane.settle();
    fireEvent.click(button("Book 2 changes"));
    await pane.settle();
    expect(session.calls.at(-1)).toEqual(["imports.apply"]);
    expect(has("Booked.")).toBe(true);
    expect(has("What will change")).toBe(false);
    expect(button("Choose a file")).toBeTruthy();
  });

  test("that was imported before says so and offers nothing to book", async () => {
    const { pane } = show({
      preview: () => Promise.resolve(ok(preview({ isRepeat: true, isEmpty: true, changes: 0 }))),
    });
    drop();
    await pane.settle();
    expect(has("This very file was imported before.")).toBe(true);
    expect(screen.queryByRole("button", { name: /^Book/ })).toBeNull();
  });

  test("that is refused says why, in the words of someone who sells", async () => {
    const { pane } = show({
      open: () => Promise.resolve(err({ code: "file", reason: "old_excel", detail: "" } as const)),
    });
    drop("old.xls");
    await pane.settle();
    expect(has(/old \.xls file or has a password/)).toBe(true);
  });

  test("whose preview is out of date is previewed anew", async () => {
    const { session, pane } = show({
      apply: () => Promise.resolve(err({ code: "plan_is_stale" } as const)),
    });
    drop();
    await pane.settle();
    fireEvent.click(button("Book 2 changes"));
    await pane.settle();
    expect(has(/Stock has moved since this preview/)).toBe(true);
    expect(session.calls.map(([name]) => name).slice(-2)).toEqual([
      "imports.apply",
      "imports.preview",
    ]);
  });

  test("that takes long shows how far it is and can be ended", async () => {
    const { session, pane } = show({ open: () => new Promise(() => undefined) });
    drop();
    pane.tell(() =>
      session.send(
        engineState({ book: "live", work: { kind: "file", stage: "checking", done: 0.4 } }),
      ),
    );
    expect(has("Checking rows…")).toBe(true);
    expect(screen.getByRole("progressbar").getAttribute("aria-valuenow")).toBe("0.4");
    fireEvent.click(button("Cancel"));
    expect(session.calls.at(-1)).toEqual(["imports.cancel"]);
  });

  test("that nobody knows has its columns chosen by hand", async () => {
    const recognised = {
      ...opened.recognised,
      certainty: "none" as const,
      mapping: { ...opened.recognised.mapping, form: "own" as const, channel: null, columns: {} },
      headers: ["Artikel", "Menge"],
      missing: ["channel", "sku|listingId", "available|onHand"],
      sample: [{ number: 2, cells: ["MUG", "4"], hash: 1, filled: 2 }],
    };
    const { session, pane } = show({ open: () => Promise.resolve(ok({ ...opened, recognised })) });
    drop("own.csv");
    await pane.settle();
    expect(has("MUG")).toBe(true);
    const choose = (label: string, value: string) =>
      fireEvent.change(screen.getByLabelText(label), { target: { value } });
    choose("Channel", "ebay");
    choose("SKU", "0");
    choose("On hand", "1");
    fireEvent.click(button("Show what will change"));
    await pane.settle();
    expect(session.calls.at(-1)?.[1]).toMatchObject({
      channel: "ebay",
      columns: { sku: [0], onHand: [1] },
    });
    expect(has("What will change")).toBe(true);
  });
});

test("cells that were copied are read as a table", async () => {
  const { session, pane } = show({});
  fireEvent.click(screen.getByText("Paste a table instead"));
  fireEvent.change(screen.getByLabelText("Copied cells"), { target: { value: "sku\tquantity" } });
  fireEvent.click(button("Read what I pasted"));
  await pane.settle();
  expect(session.calls[0]).toEqual(["imports.open", { kind: "text", text: "sku\tquantity" }]);
});
