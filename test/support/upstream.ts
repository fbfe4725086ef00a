/** A channel's server for the companion's tests: keeps what it was asked, answers as it is told. */
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Told {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: string | object;
  /** Never answers. */
  readonly silent?: boolean;
  /** Cuts the connection. */
  readonly reset?: boolean;
}

export interface Upstream {
  readonly origin: string;
  readonly asked: Asked[];
  answer(handler: (asked: Asked) => Told | Promise<Told>): void;
  stop(): Promise<void>;
}

/** `run`: it is a rehearsal's sandbox too, and says that this run is on, outside what is counted. */
export async function upstream(run: string | null = null): Promise<Upstream> {
  const asked: Asked[] = [];
  let handler: (asked: Asked) => Told | Promise<Told> = () => ({ body: {} });
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const url = new URL(request.url ?? "/", "http://upstream");
      const one = {
        method: request.method ?? "",
        path: url.pathname,
        query: url.searchParams,
        headers: request.headers,
        body: Buffer.concat(chunks).toString("utf8"),
      };
      if (run !== null && one.path === "/rehearsal") {
        response.writeHead(200, { "content-type": "application/json" });
        response.end(JSON.stringify({ run }));
        return;
      }
      asked.push(one);
      void Promise.resolve(handler(one)).then((told) => {
        if (told.reset === true) request.socket.destroy();
        if (told.silent === true || told.reset === true) return;
        const body = typeof told.body === "object" ? JSON.stringify(told.body) : (told.body ?? "");
        response.writeHead(told.status ?? 200, {
          "content-type": "application/json",
          ...told.headers,
        });
        response.end(body);
      });
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", () => done()));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    answer: (next) => (handler = next),
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
