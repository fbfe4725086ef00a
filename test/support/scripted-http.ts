/** A ChannelHttp that answers as the test says, and remembers what it was asked. */
import { err, ok } from "../../src/base/result";
import type { ChannelHttp, Refusal } from "../../src/channels/channel";
import type { RelayRequest, RelayResponse } from "../../src/channels/http/relay-contract";

export interface Told {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  /** An object goes out as JSON. */
  readonly body?: unknown;
  /** The relay itself refuses. */
  readonly refusal?: Refusal;
}

export interface ScriptedHttp extends ChannelHttp {
  readonly asked: RelayRequest[];
}

export function scriptedHttp(answer: (request: RelayRequest, index: number) => Told): ScriptedHttp {
  const asked: RelayRequest[] = [];
  return {
    asked,
    send(request) {
      asked.push(request);
      const told = answer(request, asked.length - 1);
      if (told.refusal !== undefined) return Promise.resolve(err(told.refusal));
      const body = typeof told.body === "string" ? told.body : JSON.stringify(told.body ?? {});
      const response: RelayResponse = {
        status: told.status ?? 200,
        headers: told.headers ?? {},
        body,
      };
      return Promise.resolve(ok(response));
    },
  };
}

/** One after the other; asked more often, it throws. */
export function inTurn(answers: readonly Told[]): ScriptedHttp {
  return scriptedHttp((_request, index) => {
    const told = answers[index];
    if (told === undefined) throw new Error(`asked ${index + 1} times`);
    return told;
  });
}
