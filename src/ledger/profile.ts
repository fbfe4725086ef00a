/** What this browser profile keeps beside its books: its own name, and which books are old. */
import Dexie from "dexie";
import { databaseName } from "./dexie-database";
import type { BookId } from "../base/ids";

const KEPT_REHEARSALS = 5;
const PREFIX = "streamstock-rehearsal-";

/** Stable per browser profile, so that a reloaded page is the same holder of the lease. */
export async function profileId(fresh: () => string): Promise<string> {
  const db = new Dexie("streamstock-profile");
  db.version(1).stores({ names: "key" });
  try {
    await db.open();
    const names = db.table<{ key: string; value: string }, string>("names");
    return await db.transaction("rw", names, async () => {
      const known = await names.get("profile");
      if (known !== undefined) return known.value;
      const value = fresh();
      await names.add({ key: "profile", value });
      return value;
    });
  } catch {
    // Storage refused: a name for this page alone; the ledger will say what is wrong.
    return fresh();
  } finally {
    db.close();
  }
}

/**
 * Clears away rehearsal books but the open one and a few more; the journal still has them. Names
 * carry no date, so which few stay is not by age.
 */
export async function tidyRehearsals(open: BookId): Promise<void> {
  try {
    const names = await Dexie.getDatabaseNames();
    const old = names.filter((name) => name.startsWith(PREFIX) && name !== databaseName(open));
    for (const name of old.slice(0, Math.max(0, old.length - KEPT_REHEARSALS))) {
      await Dexie.delete(name);
    }
  } catch {
    // Storage refused or busy: the open book says what is wrong, and old ones can wait.
  }
}
