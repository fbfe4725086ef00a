/** The companion's environment, checked once at start. What is not understood is refused, by name. */
import type { ChannelId } from "../base/ids";
import { err, ok, type Result } from "../base/result";
import { defaultHome } from "./default-home.cjs";
import { loopbackOrigin } from "./relay/addresses";

/** Hosts that a test may play itself, instead of the official ones. */
export interface Redirect {
  readonly api?: string;
  readonly auth?: string;
}

export interface Settings {
  /** 0: any free port (tests). */
  readonly port: number;
  readonly home: string;
  /** Origin of the rehearsal's sandbox. */
  readonly sandbox: string | null;
  readonly redirects: Readonly<Partial<Record<ChannelId, Redirect>>>;
  readonly credentialsFile: string | null;
  /** Files of a certificate for localhost and its key: https instead of http, as Excel wants it. */
  readonly tls: { readonly certFile: string; readonly keyFile: string } | null;
}

type Environment = Readonly<Record<string, string | undefined>>;

const redirectNames: readonly (readonly [string, ChannelId, keyof Redirect])[] = [
  ["STREAMSTOCK_UPSTREAM_TIKTOK", "tiktok", "api"],
  ["STREAMSTOCK_UPSTREAM_TIKTOK_AUTH", "tiktok", "auth"],
  ["STREAMSTOCK_UPSTREAM_AMAZON", "amazon", "api"],
  ["STREAMSTOCK_UPSTREAM_AMAZON_AUTH", "amazon", "auth"],
  ["STREAMSTOCK_UPSTREAM_SHOPIFY", "shopify", "api"],
  ["STREAMSTOCK_UPSTREAM_EBAY", "ebay", "api"],
  ["STREAMSTOCK_UPSTREAM_EBAY_AUTH", "ebay", "auth"],
];

/** The error is a sentence for the terminal. It names the variable and never repeats its value. */
export function readSettings(
  env: Environment,
  platform: NodeJS.Platform,
): Result<Settings, string> {
  const port = Number(given(env, "PORT") ?? "3000");
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    return err("PORT must be a whole number from 0 to 65535");
  }
  const redirects: Partial<Record<ChannelId, Redirect>> = {};
  for (const [name, channel, part] of redirectNames) {
    const origin = readOrigin(env, name);
    if (!origin.ok) return origin;
    if (origin.value !== null) {
      redirects[channel] = { ...redirects[channel], [part]: origin.value };
    }
  }
  const certFile = given(env, "STREAMSTOCK_TLS_CERT");
  const keyFile = given(env, "STREAMSTOCK_TLS_KEY");
  if ((certFile === null) !== (keyFile === null)) {
    return err("STREAMSTOCK_TLS_CERT and STREAMSTOCK_TLS_KEY belong together");
  }
  const sandbox = readOrigin(env, "STREAMSTOCK_SANDBOX");
  if (!sandbox.ok) return sandbox;
  return ok({
    port,
    home: given(env, "STREAMSTOCK_HOME") ?? defaultHome(env, platform),
    sandbox: sandbox.value,
    redirects,
    credentialsFile: given(env, "STREAMSTOCK_CREDENTIALS"),
    tls: certFile === null || keyFile === null ? null : { certFile, keyFile },
  });
}

function given(env: Environment, name: string): string | null {
  const value = env[name]?.trim();
  return value === undefined || value === "" ? null : value;
}

function readOrigin(env: Environment, name: string): Result<string | null, string> {
  const value = given(env, name);
  if (value === null) return ok(null);
  const origin = loopbackOrigin(value);
  if (origin !== null) return ok(origin);
  return err(
    `${name} must be an address of this machine without a path, like http://127.0.0.1:8080`,
  );
}
