/** An operating system's keychain that a test can look into, lock and take away. */
import type { Keychain } from "../../src/companion/vault/keychain";

export interface MemoryKeychain extends Keychain {
  secret: string | null;
  locked: boolean;
  writes: number;
}

export function memoryKeychain(): MemoryKeychain {
  const self: MemoryKeychain = {
    secret: null,
    locked: false,
    writes: 0,
    read: () =>
      Promise.resolve(
        self.locked
          ? { kind: "unavailable" }
          : self.secret === null
            ? { kind: "absent" }
            : { kind: "found", secret: self.secret },
      ),
    write: (secret) => {
      if (self.locked) return Promise.resolve(false);
      self.secret = secret;
      self.writes += 1;
      return Promise.resolve(true);
    },
  };
  return self;
}
