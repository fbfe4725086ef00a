/** What the browser remembers, handed down. */
import { createContext, useContext } from "react";
import type { LocalStore } from "./environment";

const forgetful: LocalStore = { read: () => null, write: () => {} };

export const LocalStoreContext = createContext<LocalStore>(forgetful);

export function useLocalStore(): LocalStore {
  return useContext(LocalStoreContext);
}
