import { lookup, type LookupAddress, type LookupOptions } from 'node:dns';
import { BlockList, isIP } from 'node:net';

/** Addresses that say nothing outside of a network, or lead back into it. */
const PRIVATE = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  PRIVATE.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of [
  ['::', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['2001::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 9],
  ['ff00::', 8],
] as const)
  PRIVATE.addSubnet(network, prefix, 'ipv6');

/** Whether an IP address is one of a private network, of this machine, or wraps another address. An IPv4 address within an IPv6 one counts as itself. */
export const isPrivateAddress = (address: string): boolean => PRIVATE.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** The refusal of an address; its `code` tells it from a broken connection. */
export class PrivateAddressError extends Error {
  override readonly name = 'PrivateAddressError';
}

/** @throws PrivateAddressError when the host of an address is itself a private one; names are looked at when they are looked up */
export function refusePrivateHost({ hostname }: URL): void {
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  if (isIP(host) !== 0 && isPrivateAddress(host)) throw new PrivateAddressError(`"${hostname}" is a private address`);
}

type Found = (error: Error | null, address: string | LookupAddress[], family?: number) => void;

/** `dns.lookup` for connections: what is connected to is what was looked at. */
export function publicLookup(hostname: string, options: LookupOptions, found: Found): void {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return found(error, []);
    if (addresses.some(({ address }) => isPrivateAddress(address)))
      return found(new PrivateAddressError(`"${hostname}" is a private address`), []);
    const [first] = addresses;
    if (options.all === true || first === undefined) found(null, addresses);
    else found(null, first.address, first.family);
  });
}
