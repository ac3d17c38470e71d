import { lookup } from "node:dns/promises";
import { BlockList, isIP } from "node:net";

const special = new BlockList();
const loopback = new BlockList();
// IANA's registries of special-purpose addresses: nothing in them is a public web server.
for (
  const [network, bits] of [
    ["0.0.0.0", 8],
    ["10.0.0.0", 8],
    ["100.64.0.0", 10],
    ["127.0.0.0", 8],
    ["169.254.0.0", 16],
    ["172.16.0.0", 12],
    ["192.0.0.0", 24],
    ["192.0.2.0", 24],
    ["192.88.99.0", 24],
    ["192.168.0.0", 16],
    ["198.18.0.0", 15],
    ["198.51.100.0", 24],
    ["203.0.113.0", 24],
    ["224.0.0.0", 3],
  ] as const
) special.addSubnet(network, bits, "ipv4");
for (
  const [network, bits] of [
    ["::", 96],
    ["64:ff9b::", 96],
    ["64:ff9b:1::", 48],
    ["100::", 64],
    ["2001::", 23],
    ["2001:db8::", 32],
    ["2002::", 16],
    ["fc00::", 7],
    ["fe80::", 10],
    ["fec0::", 10],
    ["ff00::", 8],
  ] as const
) special.addSubnet(network, bits, "ipv6");
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

/** True for an IP address at which a public web server can be; IPv4 inside IPv6 is looked into. */
export function isPublicAddress(address: string): boolean {
  const plain = unmapped(address);
  const version = isIP(plain);
  return version !== 0 && !special.check(plain, version === 4 ? "ipv4" : "ipv6");
}

/** True for an address of this machine itself: 127.0.0.0/8 and ::1. */
export function isLoopbackAddress(address: string): boolean {
  const plain = unmapped(address);
  const version = isIP(plain);
  return version !== 0 && loopback.check(plain, version === 4 ? "ipv4" : "ipv6");
}

/** Every address of a host name, those of IPv4 first; an IP address is its own answer. */
export async function addressesOf(hostname: string): Promise<string[]> {
  const plain = hostname.replace(/^\[|\]$/g, "");
  if (isIP(plain)) return [plain];
  return (await lookup(plain, { all: true, order: "ipv4first" })).map(({ address }) => address);
}

/** `::ffff:10.0.0.1` and `::ffff:a00:1` as `10.0.0.1`; everything else as it is. */
function unmapped(address: string): string {
  const plain = address.replace(/^\[|\]$/g, "").replace(/%.*$/, "").toLowerCase();
  const dotted = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(plain)?.[1];
  if (dotted) return dotted;
  const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(plain) ?? [];
  if (high === undefined || low === undefined) return plain;
  const [left, right] = [parseInt(high, 16), parseInt(low, 16)];
  return [left >> 8, left & 255, right >> 8, right & 255].join(".");
}
