/**
 * A certificate of this one machine: a leaf for localhost, 127.0.0.1 and ::1, signed by itself. It can
 * vouch for nothing else (no CA), so trusting it opens nothing but this address; its key is made here
 * and never leaves. At most 825 days, as Apple wants it of certificates a person has trusted.
 */
import {
  createHash,
  createPrivateKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  X509Certificate,
} from "node:crypto";
import * as der from "./der";

export const CERTIFICATE_DAYS = 800;
/** One that ends sooner than this is made anew: nobody wants to be asked in the middle of a season. */
const DAYS_LEFT_MIN = 30;
const DAY_MS = 86_400_000;
/** A clock that is behind must not find it in the future. */
const CLOCK_SLACK_MS = DAY_MS;

export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

const SHA256_WITH_ECDSA = "1.2.840.10045.4.3.2";
const COMMON_NAME = "2.5.4.3";
const ORGANISATION = "2.5.4.10";
const BASIC_CONSTRAINTS = "2.5.29.19";
const KEY_USAGE = "2.5.29.15";
const EXTENDED_KEY_USAGE = "2.5.29.37";
const SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
const SUBJECT_ALT_NAME = "2.5.29.17";
const SUBJECT_KEY_ID = "2.5.29.14";

/** PEM texts. `now` in milliseconds since the epoch. */
export function makeCertificate(now: number): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const spki = publicKey.export({ type: "spki", format: "der" });
  const algorithm = der.sequence(der.objectId(SHA256_WITH_ECDSA));
  const name = der.sequence(
    part(ORGANISATION, "StreamStock on this computer"),
    part(COMMON_NAME, "localhost"),
  );
  const body = der.sequence(
    der.tagged(0, der.integer(Buffer.from([2]))), // X.509 version 3
    der.integer(serialNumber()),
    algorithm,
    name,
    der.sequence(
      der.time(new Date(now - CLOCK_SLACK_MS)),
      der.time(new Date(now + CERTIFICATE_DAYS * DAY_MS)),
    ),
    name,
    spki,
    der.tagged(3, extensions(spki)),
  );
  // WebCrypto's form of a signature is another one: a certificate has DER.
  const signature = sign("sha256", body, { key: privateKey, dsaEncoding: "der" });
  const whole = der.sequence(body, algorithm, der.bits(signature));
  return {
    cert: pem("CERTIFICATE", whole),
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}

/** Whether this is a certificate and its key, for this machine, that holds for a while. */
export function isUsable({ cert, key }: Certificate, now: number): boolean {
  try {
    const parsed = new X509Certificate(cert);
    return (
      parsed.checkHost("localhost") !== undefined &&
      parsed.checkPrivateKey(createPrivateKey(key)) &&
      Date.parse(parsed.validFrom) <= now &&
      Date.parse(parsed.validTo) - now >= DAYS_LEFT_MIN * DAY_MS
    );
  } catch {
    return false;
  }
}

/** What the systems' certificate stores call it by: SHA-1 in upper-case hex. */
export function thumbprint(cert: string): string {
  return createHash("sha1").update(new X509Certificate(cert).raw).digest("hex").toUpperCase();
}

function part(id: string, text: string): Buffer {
  return der.set(der.sequence(der.objectId(id), der.utf8(text)));
}

/** 15 random bytes behind a 1: positive, and of one length. */
function serialNumber(): Buffer {
  return Buffer.concat([Buffer.from([1]), randomBytes(15)]);
}

function extensions(spki: Buffer): Buffer {
  const critical = (id: string, value: Buffer) =>
    der.sequence(der.objectId(id), der.yes(), der.octets(value));
  const plain = (id: string, value: Buffer) => der.sequence(der.objectId(id), der.octets(value));
  return der.sequence(
    critical(BASIC_CONSTRAINTS, der.sequence()), // no CA
    critical(KEY_USAGE, der.bits(Buffer.from([0x80]), 7)), // digitalSignature
    critical(EXTENDED_KEY_USAGE, der.sequence(der.objectId(SERVER_AUTH))),
    plain(
      SUBJECT_ALT_NAME,
      der.sequence(
        der.implicit(2, Buffer.from("localhost", "ascii")),
        der.implicit(7, Buffer.from([127, 0, 0, 1])),
        der.implicit(7, Buffer.concat([Buffer.alloc(15), Buffer.from([1])])),
      ),
    ),
    plain(SUBJECT_KEY_ID, der.octets(createHash("sha1").update(spki).digest())),
  );
}

function pem(label: string, bytes: Buffer): string {
  const lines = bytes.toString("base64").match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
}
