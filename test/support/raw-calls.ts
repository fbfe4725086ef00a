/** Requests as an attacker would write them, byte for byte, to a companion of the test's own. */
import { rawRequest, type TemporaryCompanion } from "./temporary-companion";

export const host = "Host: localhost:PORT";
export const token = "X-StreamStock-Token: TOKEN";

/** In a line `PORT` stands for the companion's port, `TOKEN` for its token. */
export function rawCalls(companion: () => TemporaryCompanion) {
  const send = (lines: readonly string[], body = "") => {
    const { port, token: secret } = companion();
    const text = lines
      .map((line) => line.replaceAll("PORT", String(port)).replaceAll("TOKEN", secret))
      .join("\r\n");
    return rawRequest(port, `${text}\r\n\r\n${body}`);
  };
  const get = (path: string, ...headers: string[]) =>
    send([`GET ${path} HTTP/1.1`, "Connection: close", ...headers]);
  return { send, get };
}
