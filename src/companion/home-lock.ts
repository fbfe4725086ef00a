/**
 * One companion per data folder: two would write the same journal. Held by a listening local socket
 * (a named pipe on Windows), since the system lets go of it however the process ends.
 */
import { createHash } from "node:crypto";
import { realpath, rm } from "node:fs/promises";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export type Unlock = () => Promise<void>;

/** Null when another companion holds the folder. The folder must exist. */
export async function lockHome(home: string): Promise<Unlock | null> {
  const path = socketPath(await realpath(home));
  const first = await listenOn(path);
  if (first !== null) return unlocking(first);
  if (await answers(path)) return null;
  // Left behind by a process that was killed.
  if (process.platform !== "win32") await rm(path, { force: true });
  const second = await listenOn(path);
  return second === null ? null : unlocking(second);
}

/** Short enough for every system, whatever the folder is called. */
function socketPath(home: string): string {
  const name = `streamstock-${createHash("sha256").update(home).digest("hex").slice(0, 24)}`;
  return process.platform === "win32" ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`);
}

function listenOn(path: string): Promise<Server | null> {
  return new Promise((resolve) => {
    const server = createServer((socket) => socket.destroy());
    server.once("error", () => resolve(null));
    server.listen(path, () => {
      server.unref();
      resolve(server);
    });
  });
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

function unlocking(server: Server): Unlock {
  return () => new Promise((resolve) => server.close(() => resolve()));
}
