/**
 * Which machines the relay may reach: this one for tests and rehearsals, public ones for the
 * channels, nothing in between. A name is judged by what it resolves to at the moment of the
 * connection, so a name that changes its address cannot lead into the seller's own network.
 */
import { lookup } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";

/** "http://127.0.0.1:8080", or null when the text is anything but an origin of this machine. */
export function loopbackOrigin(text: string): string | null {
  if (!/^https?:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?\/?$/.test(text)) return null;
  return URL.canParse(text) ? new URL(text).origin : null;
}

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

/** Addresses that are not on the public internet (RFC 6890, RFC 4193, RFC 4291). */
const notPublic = new BlockList();
const notPublicIpv4: readonly (readonly [string, number])[] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
];
for (const [net, bits] of notPublicIpv4) notPublic.addSubnet(net, bits, "ipv4");

/** Of IPv6 only the global unicast block is public; the old tunnels in it carry IPv4 addresses. */
const publicIpv6 = new BlockList();
publicIpv6.addSubnet("2000::", 3, "ipv6");
const tunnelled = new BlockList();
tunnelled.addSubnet("2001::", 23, "ipv6");
tunnelled.addSubnet("2001:db8::", 32, "ipv6");
tunnelled.addSubnet("2002::", 16, "ipv6");

export function isLoopback(address: string): boolean {
  return loopback.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
}

export function isPublic(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !notPublic.check(address, "ipv4");
  return family === 6 && publicIpv6.check(address, "ipv6") && !tunnelled.check(address, "ipv6");
}

/** A name look-up that answers only with addresses that pass, for `net.connect` and its kin. */
export function lookupOnly(passes: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) {
        callback(error, "");
        return;
      }
      const allowed = addresses.filter(({ address }) => passes(address));
      const first = allowed[0];
      if (first === undefined) {
        callback(Object.assign(new Error("No allowed address"), { code: "ENOTALLOWED" }), "");
      } else if (options.all === true) callback(null, allowed);
      else callback(null, first.address, first.family);
    });
  };
}
