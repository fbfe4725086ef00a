/**
 * Streaming cells: what they show is worked out from the open book, at once and again whenever that
 * may be another. Excel shares one call between all cells with the same arguments.
 */
import { parseSku } from "../base/ids";
import type { BookView } from "../runtime/book-view";
import type { CellFeed } from "../runtime/cell-feed";
import { isBlank, rangeOf, textOf } from "./arguments";
import { isCellError, invalidValue, notAvailable, type Answer, type CellValue } from "./cell-value";
import { toExcel } from "./excel-answer";
import { withCard, type NumberWithCard } from "./sellable-card";
import { wordsOf, type Words } from "./words";

/** Excel takes any value of its own; what that is, the runtime's types leave open. */
type Streaming = CustomFunctions.StreamingInvocation<unknown>;

/** More SKUs than this belong into several formulas. */
const CELLS_MAX = 5000;

function keyOf(answer: Answer | NumberWithCard): unknown {
  return typeof answer === "object" ? JSON.stringify(answer) : answer;
}

function skuKeys(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].flatMap((text) => {
    const sku = parseSku(text);
    return sku.ok ? [sku.value] : [];
  });
}

/** Shows what `compute` says for as long as Excel wants it; `skus`: what it depends on. */
function stream(
  feed: CellFeed,
  invocation: Streaming,
  skus: readonly string[],
  compute: (view: BookView, words: Words) => { readonly key: unknown; readonly value: unknown },
): void {
  let shown: unknown = stream;
  let language = "";
  const refresh = (view: BookView) => {
    const words = wordsOf(view.locale);
    const { key, value } = compute(view, words);
    if (key === shown && language === view.locale) return;
    shown = key;
    language = view.locale;
    invocation.setResult(value);
  };
  // While a formula is being typed Excel asks for a look, and never comes back to cancel it.
  const stop = invocation.isInValuePreview ? () => undefined : feed.watch(skus, refresh);
  invocation.onCanceled = stop;
  // Exceptions in a streaming function are swallowed by the runtime: show them instead.
  try {
    refresh(feed.view());
  } catch (cause) {
    invocation.setResult(toExcel(notAvailable(String(cause))));
  }
}

/** A block about one SKU, or one error. */
export function streamBlock(
  feed: CellFeed,
  invocation: Streaming,
  sku: unknown,
  compute: (view: BookView, sku: string, words: Words) => Answer,
): void {
  const text = textOf(Array.isArray(sku) ? rangeOf(sku)[0]?.[0] : sku);
  stream(feed, invocation, skuKeys([text]), (view, words) => {
    const answer = compute(view, text, words);
    return { key: keyOf(answer), value: toExcel(answer) };
  });
}

/** Blank rows below the last SKU are cut off: a whole column is as good as its filled part. */
function textsOf(range: readonly (readonly unknown[])[]): readonly (readonly string[])[] {
  const last = range.findLastIndex((row) => row.some((cell) => !isBlank(cell)));
  return range.slice(0, Math.max(1, last + 1)).map((row) => row.map(textOf));
}

/** A value for each SKU of a range, in its shape; blanks stay blank. One SKU is a range of one. */
export function streamCells(
  feed: CellFeed,
  invocation: Streaming,
  skus: unknown,
  compute: (view: BookView, sku: string, words: Words) => CellValue,
  card:
    | ((value: CellValue, view: BookView, sku: string, words: Words) => CellValue | NumberWithCard)
    | null = null,
): void {
  const rows = textsOf(rangeOf(skus));
  const texts = rows.flat();
  const [only = ""] = texts;
  if (texts.length > CELLS_MAX) {
    stream(feed, invocation, [], (_view, words) => {
      const answer = invalidValue(words.cell.skusTooMany(CELLS_MAX));
      return { key: keyOf(answer), value: toExcel(answer) };
    });
  } else if (texts.length === 1) {
    stream(feed, invocation, skuKeys(texts), (view, words) => {
      const value = compute(view, only, words);
      // An error alone, not within a block: older Excels show #VALUE! for the whole block.
      if (isCellError(value)) return { key: keyOf(value), value: toExcel(value) };
      const shown = card === null ? value : card(value, view, only, words);
      return { key: keyOf(shown), value: [[shown]] };
    });
  } else {
    stream(feed, invocation, skuKeys(texts), (view, words) => {
      const block = rows.map((row) =>
        row.map((text) => (isBlank(text) ? "" : compute(view, text, words))),
      );
      return { key: keyOf(block), value: toExcel(block) };
    });
  }
}

/** The card of SELLABLE, made for the cell's channel. */
export function cardOf(channel: string) {
  return (value: CellValue, view: BookView, sku: string, words: Words) =>
    withCard(value, view, sku, channel, words);
}
