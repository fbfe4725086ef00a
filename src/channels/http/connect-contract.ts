/**
 * Connecting a shop: what the pane, through the worker, and the companion say to each other. Holds no
 * Node code, so the browser's side imports the same schemas.
 *
 *   GET  /api/channels                              -> ChannelsAnswer
 *   POST /api/channels/{channel}/connect     ConnectRequest -> ConnectAnswer
 *   POST /api/channels/{channel}/code        CodeRequest    -> ConnectAnswer   what the consent page gave
 *   POST /api/channels/{channel}/disconnect  {}             -> ConnectAnswer   forgets keys and tokens
 *
 * All need the install's token and no lease. Secrets go one way: no answer holds one, and a field once
 * sent is never told again. A refusal has the companion's one form (relay-contract.ts) and `field`
 * where one of the fields is why:
 *   400 `bad_field`       a field is missing or has the wrong form
 *   409 `no_consent`      no consent is open for this channel (they end after 30 minutes)
 *   422 `code_refused`    the pasted text is no code, is of another consent, or the seller declined
 *   422 `keys_refused`    the channel does not take these keys
 *   409 `set_by_file`     this channel's keys come from STREAMSTOCK_CREDENTIALS
 *   502 `upstream_unreachable`
 * The live test is the adapter's own testConnection over the relay, with the book "live".
 */
import * as v from "valibot";
import { channelIds } from "../../base/ids";

/** The book of the shops that are connected here; rehearsals have books of their own. */
export const LIVE_BOOK = "live";

export const connectionStates = [
  "not_connected",
  /** The seller's browser shows the channel's consent page; its code is awaited. */
  "consent_open",
  "connected",
  /** The consent has run its time: connect again. */
  "expired",
  /** The channel no longer takes what was given: connect again. */
  "revoked",
  /** Connected, and the channel refused something for want of a right. */
  "rights_missing",
  /** The keychain of this computer does not open: unlock it, then try again. */
  "locked",
] as const;
export type ConnectionState = (typeof connectionStates)[number];

const fieldSchema = v.object({
  name: v.string(),
  /** "secret" is shown as dots; "choice" is one of `choices`, the first by default. */
  kind: v.picklist(["text", "secret", "choice"]),
  required: v.boolean(),
  choices: v.array(v.string()),
});
export type ConnectField = v.InferOutput<typeof fieldSchema>;

const channelStateSchema = v.object({
  channel: v.picklist(channelIds),
  state: v.picklist(connectionStates),
  /** As the channel or the seller names it; "" where nobody does. */
  shop: v.string(),
  /** When the seller must connect again at the latest, milliseconds since the epoch; null: unknown. */
  expiresAt: v.nullable(v.number()),
  /** Until when the present access token holds; null: none was asked for yet. Renewed by itself. */
  accessUntil: v.nullable(v.number()),
  /** True: from STREAMSTOCK_CREDENTIALS, which the pane cannot change. */
  fromFile: v.boolean(),
  /** Whether the seller's browser has to visit the channel's consent page. */
  consent: v.boolean(),
  fields: v.array(fieldSchema),
});
export type ChannelConnection = v.InferOutput<typeof channelStateSchema>;

export const channelsAnswerSchema = v.object({ channels: v.array(channelStateSchema) });

const text = v.pipe(v.string(), v.maxLength(8000));

export const connectRequestSchema = v.object({
  fields: v.pipe(
    v.record(v.pipe(v.string(), v.maxLength(40)), text),
    v.check((fields) => Object.keys(fields).length <= 20),
  ),
});

export const codeRequestSchema = v.object({ pasted: text });

/** `openUrl`: to be opened in the seller's own browser next; null: nothing is left to do. */
export const connectAnswerSchema = v.object({
  channel: channelStateSchema,
  openUrl: v.nullable(v.string()),
});
export type ConnectAnswer = v.InferOutput<typeof connectAnswerSchema>;
