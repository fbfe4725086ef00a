/** What a browser's storage throws, told apart (limits.md 5b and 5c). */
import Dexie from "dexie";
import type { LedgerRefusal } from "./ledger";

/** Dexie wraps what the browser threw. */
function nameOf(cause: unknown): string {
  const inner: unknown = cause instanceof Dexie.DexieError ? cause.inner : null;
  if (inner instanceof Error || inner instanceof DOMException) return inner.name;
  return cause instanceof Error || cause instanceof DOMException ? cause.name : "unknown";
}

/** Storage is there for other pages, but not for this one. */
const notGiven = new Set([
  "SecurityError",
  "NotAllowedError",
  "MissingAPIError",
  "ReferenceError",
  "TypeError",
]);

/** The connection is gone, the database may well be whole: worth one more try over a new one. */
const connectionLost = new Set([
  "DatabaseClosedError",
  "InvalidStateError",
  "UnknownError",
  "AbortError",
]);

export function storageFault(cause: unknown, opening: boolean): LedgerRefusal {
  const name = nameOf(cause);
  const message = cause instanceof Error || cause instanceof DOMException ? cause.message : "";
  const detail = message === "" ? name : `${name}: ${message}`;
  // A full disk is an UnknownError that only its text gives away.
  if (name === "QuotaExceededError" || detail.includes("NO_SPACE")) return { code: "full", detail };
  if (name === "VersionError") return { code: "newer_schema", detail };
  if (name === "ConstraintError") return { code: "conflict", detail };
  if (opening && notGiven.has(name)) return { code: "refused", detail };
  return { code: "failed", detail };
}

export function lostConnection(cause: unknown): boolean {
  return connectionLost.has(nameOf(cause));
}
