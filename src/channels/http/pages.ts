/** Pages of a reply, followed to the end, but not for ever. */
import { err, ok, type Result } from "../../base/result";
import type { Refusal } from "../channel";

/** 20,000 orders at the largest page any channel gives. */
const PAGES_MAX = 200;

export interface Pages<Page> {
  readonly pages: readonly Page[];
  /** False when there are more: PAGES_MAX were read, or a later page was refused. */
  readonly complete: boolean;
  /** Why a later page was refused; null where none was. */
  readonly refusal: Refusal | null;
}

export interface FollowOptions {
  /** A refusal after the first page ends the reading instead of throwing away what was read. */
  readonly keepWhatWasRead?: boolean;
}

/** A token that comes twice would lead round in a circle: the reply is malformed. */
export async function followPages<Page extends { readonly next: string | null }>(
  first: string | null,
  fetchPage: (token: string | null) => Promise<Result<Page, Refusal>>,
  { keepWhatWasRead = false }: FollowOptions = {},
): Promise<Result<Pages<Page>, Refusal>> {
  const pages: Page[] = [];
  const seen = new Set<string>();
  let token = first;
  while (pages.length < PAGES_MAX) {
    const page = await fetchPage(token);
    if (!page.ok) {
      const { error: refusal } = page;
      return keepWhatWasRead && pages.length > 0 ? ok({ pages, complete: false, refusal }) : page;
    }
    pages.push(page.value);
    token = page.value.next;
    if (token === null) return ok({ pages, complete: true, refusal: null });
    if (seen.has(token)) return err({ kind: "malformed", where: "the same page comes twice" });
    seen.add(token);
  }
  return ok({ pages, complete: false, refusal: null });
}
