/** Pages with cursors, as every connection of the Admin API has them. */
import { GraphQLError } from "graphql";

export interface PageArguments {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly reverse?: boolean | null;
}

export interface Connection<T> {
  readonly nodes: readonly T[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

/** Most nodes of one page (channels.md 3.2). */
const FIRST_MAX = 250;

export function refusal(message: string, code = "BAD_REQUEST"): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}

function cursor(place: number): string {
  return Buffer.from(JSON.stringify({ last_value: place })).toString("base64");
}

function placeIn(text: string): number {
  const found = /^\{"last_value":(\d+)\}$/.exec(Buffer.from(text, "base64").toString("utf8"));
  if (!found) throw refusal("Invalid cursor for the current pagination sort.");
  return Number(found[1]);
}

/**
 * A cursor names the place of the last node shown, not a count: what joins or changes meanwhile
 * shifts nothing. `placeOf` gives a node's place in the sorting; places do not repeat.
 */
export function connection<T>(
  all: readonly T[],
  placeOf: (node: T) => number,
  page: PageArguments,
): Connection<T> {
  const first = page.first ?? null;
  if (first === null) throw refusal("you must provide one of first or last");
  if (first < 0 || first > FIRST_MAX) throw refusal(`first must lie between 0 and ${FIRST_MAX}`);
  const direction = page.reverse === true ? -1 : 1;
  const key = (node: T) => direction * placeOf(node);
  const after = page.after == null ? -Infinity : direction * placeIn(page.after);
  const rest = all.filter((node) => key(node) > after).sort((a, b) => key(a) - key(b));
  const nodes = rest.slice(0, first);
  const [start, end] = [nodes[0], nodes.at(-1)];
  return {
    nodes,
    pageInfo: {
      hasNextPage: rest.length > nodes.length,
      hasPreviousPage: rest.length < all.length,
      startCursor: start === undefined ? null : cursor(placeOf(start)),
      endCursor: end === undefined ? null : cursor(placeOf(end)),
    },
  };
}

/** For short lists without a place of their own. */
export function listConnection<T>(all: readonly T[], page: PageArguments): Connection<T> {
  const places = new Map(all.map((node, index) => [node, index]));
  return connection(all, (node) => places.get(node) ?? 0, page);
}
