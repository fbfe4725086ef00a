/**
 * Which book was open last, so that the live one goes on syncing after a reload without anybody
 * remembering to open it.
 */
import type { BookChoice } from "../worker/api";

const KEY = "streamstock.book";

/** Storage may be forbidden: then every start opens the rehearsal, and says so on its badge. */
export function bookMemory(storage: () => Storage) {
  let known: BookChoice | null = null;
  return {
    read(): BookChoice {
      try {
        known = storage().getItem(KEY) === "live" ? "live" : "rehearsal";
      } catch {
        known = "rehearsal";
      }
      return known;
    },
    write(choice: BookChoice): void {
      if (choice === known) return;
      known = choice;
      try {
        storage().setItem(KEY, choice);
      } catch {
        // Nothing is lost but the memory of a choice.
      }
    },
  };
}
