/**
 * The envelope of every message between Excel on the web and an add-in's page: a JSON string
 * (workbench.md 1, step 2). Numbers are the protocol's own.
 */
import * as v from "valibot";

export const actionType = { invoke: 0, registerEvent: 1, unregisterEvent: 2 } as const;

const messageSchema = v.object({
  _messageType: v.number(),
  _actionName: v.string(),
  _conversationId: v.string(),
  _correlationId: v.number(),
  _actionType: v.optional(v.number(), 0),
  _data: v.optional(v.unknown()),
});

export type XdmRequest = v.InferOutput<typeof messageSchema>;

/** null when it is no request of this protocol: other scripts may post messages too. */
export function parseRequest(data: unknown): XdmRequest | null {
  if (typeof data !== "string" || !data.startsWith("{")) return null;
  let json: unknown;
  try {
    json = JSON.parse(data);
  } catch {
    return null;
  }
  const parsed = v.safeParse(messageSchema, json);
  return parsed.success && parsed.output._messageType === 0 ? parsed.output : null;
}

/** @param errorCode 0 for success, -1 to -6 as the library names its own failures. */
export function answer(request: XdmRequest, data: unknown, errorCode = 0): string {
  return JSON.stringify({
    _messageType: 1,
    _actionName: request._actionName,
    _conversationId: request._conversationId,
    _correlationId: request._correlationId,
    _errorCode: errorCode,
    _responseType: 0,
    _data: data,
  });
}

export function eventMessage(registration: XdmRequest, data: unknown): string {
  return JSON.stringify({
    _messageType: 1,
    _actionName: registration._actionName,
    _conversationId: registration._conversationId,
    _correlationId: -1,
    _errorCode: 0,
    _responseType: 1,
    _data: data,
  });
}

const executeSchema = v.object({
  DdaMethod: v.object({ DispatchId: v.number() }),
  ArrayData: v.optional(v.array(v.unknown())),
  DdaSettingsMethod: v.optional(
    v.object({ Properties: v.optional(v.array(v.tuple([v.string(), v.string()])), []) }),
  ),
});

export type ExecuteData = v.InferOutput<typeof executeSchema>;

export function parseExecute(data: unknown): ExecuteData | null {
  const parsed = v.safeParse(executeSchema, data);
  return parsed.success ? parsed.output : null;
}
