/** Puts a channel's answer together as it arrives, within bounds, and settles once. */
import type { IncomingHttpHeaders } from "node:http";
import type { Dispatcher } from "undici";
import { passedHeaders, type RelayResponse } from "../../channels/http/relay-contract";
import { err, ok, type Result } from "../../base/result";
import { errorCode } from "../disk";

/** Why a call has no answer: a short code. */
export type TransportFault = string;

const ANSWER_BYTES_MAX = 16 * 1024 * 1024;

type Settle = (answer: Result<RelayResponse, TransportFault>) => void;

export class AnswerReader implements Dispatcher.DispatchHandler {
  readonly #settle: Settle;
  #controller: Dispatcher.DispatchController | null = null;
  #fault: TransportFault | null = null;
  #status = 0;
  #headers: Record<string, string> = {};
  #chunks: Buffer[] = [];
  #bytes = 0;

  constructor(settle: Settle) {
    this.#settle = settle;
  }

  /** Settles now; a request that still waits for its connection will not be sent. */
  giveUp(fault: TransportFault): void {
    if (this.#fault !== null) return;
    this.#fault = fault;
    this.#settle(err(fault));
    this.#controller?.abort(new Error(fault));
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#fault !== null) controller.abort(new Error(this.#fault));
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders,
  ): void {
    // 1xx come before the answer and are none.
    if (status < 200) return;
    this.#status = status;
    for (const name of passedHeaders) {
      const value = headers[name];
      if (typeof value === "string") this.#headers[name] = value;
    }
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#bytes > ANSWER_BYTES_MAX) {
      this.#chunks = [];
      this.giveUp("EANSWERTOOLARGE");
    } else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    if (this.#fault !== null) return;
    const [only] = this.#chunks;
    const body = this.#chunks.length === 1 && only ? only : Buffer.concat(this.#chunks);
    this.#settle(ok({ status: this.#status, headers: this.#headers, body: body.toString("utf8") }));
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    if (this.#fault !== null) return;
    this.#fault = errorCode(error);
    // Cut off in the middle of an answer: it was carried out, so it must not be asked again.
    this.#settle(err(this.#status === 0 ? this.#fault : "ECUTOFF"));
  }
}
