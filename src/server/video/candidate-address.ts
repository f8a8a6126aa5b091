import { BlockList, isIP, SocketAddress } from 'node:net';

/** Where a candidate's address leads: never anywhere good, into a private network, to this machine, or out. */
export type AddressKind = 'forbidden' | 'local' | 'loopback' | 'public';

/**
 * Link-local, metadata services outside of it, "this network", multicast, and ways to write an IPv4 address within an IPv6 one
 * (NAT64, 6to4, Teredo, compatible) that no host has as its own.
 */
const forbidden = listOf([
  '169.254.0.0/16',
  'fe80::/10',
  'fd00:ec2::254/128',
  '100.100.100.200/32',
  '192.0.0.192/32',
  '0.0.0.0/8',
  '224.0.0.0/4',
  '240.0.0.0/4',
  'ff00::/8',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '2002::/16',
  '2001::/32',
]);
const loopback = listOf(['127.0.0.0/8', '::1/128']);
const local = listOf([
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '192.0.0.0/24',
  'fc00::/7',
  'fec0::/10',
]);
/** `::a.b.c.d`; `::1` is within it. */
const compatible = listOf(['::/96']);

/** Null for what is no address and no mDNS name: no browser sends other names, and looking them up would ask who knows whom. */
export function kindOfAddress(address: string): AddressKind | null {
  if (/^[\w-]{1,63}\.local$/i.test(address)) return 'local';
  const version = isIP(address);
  // A zone (`%eth0`) says nothing on another machine.
  if (version === 0 || address.includes('%')) return null;
  // Made once: each list would make its own of a text.
  const socketAddress = new SocketAddress({ address, family: version === 4 ? 'ipv4' : 'ipv6' });
  // A list finds `::ffff:10.0.0.1`, in any spelling, among its IPv4 ranges.
  if (forbidden.check(socketAddress)) return 'forbidden';
  if (loopback.check(socketAddress)) return 'loopback';
  if (local.check(socketAddress)) return 'local';
  return compatible.check(socketAddress) ? 'forbidden' : 'public';
}

function listOf(ranges: string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [network = '', prefix = ''] = range.split('/');
    list.addSubnet(network, Number(prefix), network.includes(':') ? 'ipv6' : 'ipv4');
  }
  return list;
}
