/** Passes the rehearsal's remote control on to the sandbox, as it is (rehearsal-contract.ts). */
import { err, ok, type Result } from "../base/result";
import { refusal, type Refusal } from "./refusal";
import type { Transport } from "./relay/transport";

const calls: readonly string[] = [
  "GET ",
  "POST /new",
  "POST /start",
  "POST /stop",
  "POST /order",
  "GET /truth",
];

export interface RehearsalAnswer {
  readonly status: number;
  readonly body: string;
}

/** `rest` is what follows `/api/rehearsal`. */
export async function askSandbox(
  transport: Transport,
  sandbox: string | null,
  method: string,
  rest: string,
  body: string | null,
): Promise<Result<RehearsalAnswer, Refusal>> {
  if (!calls.includes(`${method} ${rest}`)) return err(refusal("not_found", "No such call"));
  if (sandbox === null) return err(refusal("no_rehearsal", "No rehearsal was started with this"));
  const answer = await transport.send(
    {
      method,
      url: `${sandbox}/rehearsal${rest}`,
      headers: body === null ? {} : { "content-type": "application/json" },
      body,
    },
    sandbox,
  );
  if (answer.ok) return ok({ status: answer.value.status, body: answer.value.body });
  return err(refusal("no_rehearsal", `The rehearsal does not answer (${answer.error})`));
}
