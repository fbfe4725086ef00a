/**
 * The one secret that the operating system keeps for this install: the key that seals the files of
 * the vault. Only this key, because Windows keeps no more than a few hundred characters, and because a
 * file can be replaced whole while a keychain entry cannot: tokens that rotate stay in files.
 */
import { errorCode } from "../disk";

export type KeychainRead =
  | { readonly kind: "found"; readonly secret: string }
  | { readonly kind: "absent" }
  /** There is no keychain, or it does not open now. */
  | { readonly kind: "unavailable" };

export interface Keychain {
  read(): Promise<KeychainRead>;
  /** False: not kept. */
  write(secret: string): Promise<boolean>;
}

/** For a machine without one: files readable by the owner only are what is left. */
export const noKeychain: Keychain = {
  read: () => Promise.resolve({ kind: "unavailable" }),
  write: () => Promise.resolve(false),
};

/** The person may be asked to unlock it first. */
const ANSWER_WITHIN_MS = 60_000;

/**
 * macOS Keychain, Windows Credential Manager, or the Secret Service of a Linux desktop. Not the Linux
 * kernel's keyring: it forgets at every restart of the machine, and the seller's shops with it.
 */
export function systemKeychain(account: string): Keychain {
  async function entry() {
    const { AsyncEntry } = await import(/* webpackIgnore: true */ "@napi-rs/keyring");
    return new AsyncEntry("StreamStock", account, { linux: { store: "secret-service" } });
  }
  return {
    read: async () => {
      try {
        const found = await (await entry()).getPassword(AbortSignal.timeout(ANSWER_WITHIN_MS));
        return typeof found === "string" ? { kind: "found", secret: found } : { kind: "absent" };
      } catch {
        return { kind: "unavailable" };
      }
    },
    write: async (secret) => {
      try {
        await (await entry()).setPassword(secret, AbortSignal.timeout(ANSWER_WITHIN_MS));
        return true;
      } catch (error) {
        // On a server without a desktop this is how things are, not a fault.
        if (process.platform !== "linux") console.error(`keychain: ${errorCode(error)}`);
        return false;
      }
    },
  };
}
