/** Small things that this browser alone remembers; forbidden storage forgets them with the pane. */
import type { LocalStore } from "./environment";

const PREFIX = "streamstock.";

/** `partition`: see language-store.ts. */
export function localStore(storage: () => Storage, partition: string): LocalStore {
  const kept = new Map<string, string>();
  return {
    read(name) {
      try {
        return storage().getItem(partition + PREFIX + name);
      } catch {
        return kept.get(name) ?? null;
      }
    },
    write(name, text) {
      try {
        if (text === null) storage().removeItem(partition + PREFIX + name);
        else storage().setItem(partition + PREFIX + name, text);
      } catch {
        if (text === null) kept.delete(name);
        else kept.set(name, text);
      }
    },
  };
}
