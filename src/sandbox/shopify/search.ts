/**
 * Shopify's search syntax as far as `field:value` terms joined by blanks or AND go. A field that is
 * not known is passed over with a warning, as Shopify does; that loses no orders, it finds more.
 */
export interface SearchWarning {
  readonly field: string;
  readonly message: string;
  readonly code: "invalid_field" | "invalid_value";
}

interface Term {
  readonly field: string;
  readonly comparator: string;
  readonly value: string;
}

/** What a field of a node holds: an instant in milliseconds, or a text. */
export type Searchable = Readonly<Record<string, number | string>>;

const TERM = /([a-z_]+):(>=|<=|>|<)?(?:'([^']*)'|"([^"]*)"|(\S+))|(\S+)/g;

function termsOf(query: string): Term[] {
  return [...query.matchAll(TERM)]
    .map(([all, field, comparator, single, double, bare]) => ({
      field: field ?? (all === "AND" ? "AND" : ""),
      comparator: comparator ?? "=",
      value: single ?? double ?? bare ?? all,
    }))
    .filter((term) => term.field !== "AND");
}

function compares(found: number, comparator: string, asked: number): boolean {
  switch (comparator) {
    case ">=":
      return found >= asked;
    case "<=":
      return found <= asked;
    case ">":
      return found > asked;
    case "<":
      return found < asked;
    default:
      return found === asked;
  }
}

function fits(found: number | string, term: Term): boolean {
  if (typeof found === "string") return found === term.value;
  // Whole seconds, since that is what the API shows.
  const asked = Math.floor(Date.parse(term.value) / 1000);
  return compares(Math.floor(found / 1000), term.comparator, asked);
}

export function search<T>(
  nodes: readonly T[],
  query: string | null | undefined,
  fieldsOf: (node: T) => Searchable,
  known: readonly string[],
  warn: (warning: SearchWarning) => void,
): T[] {
  const terms = termsOf(query ?? "").filter((term) => {
    if (!known.includes(term.field)) {
      warn({
        field: term.field,
        message: "Invalid search field for this query.",
        code: "invalid_field",
      });
      return false;
    }
    if (term.field.endsWith("_at") && Number.isNaN(Date.parse(term.value))) {
      warn({ field: term.field, message: "This is not a date.", code: "invalid_value" });
      return false;
    }
    return true;
  });
  return nodes.filter((node) => {
    const fields = fieldsOf(node);
    return terms.every((term) => {
      const found = fields[term.field];
      return found !== undefined && fits(found, term);
    });
  });
}
