import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/**
 * The address that a request comes from, as `request.ip` of the HTTP side says it: the peer's or, as far as the way leads
 * through proxies that are trusted, the one that the last of them names. `trustedProxies`: addresses and networks.
 */
export function createSourceAddress(trustedProxies: string[]): (request: IncomingMessage) => string {
  const trusted = new BlockList();
  for (const proxy of trustedProxies) {
    const [address = '', prefix] = proxy.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (prefix === undefined) trusted.addAddress(address, family);
    else trusted.addSubnet(address, Number(prefix), family);
  }
  const isTrusted = (address: string): boolean => {
    const version = isIP(address);
    return version !== 0 && trusted.check(address, version === 6 ? 'ipv6' : 'ipv4');
  };

  return ({ headers, socket }) => {
    const way = String(headers['x-forwarded-for'] ?? '').split(',');
    let source = socket.remoteAddress ?? '';
    for (const named of way.toReversed()) {
      if (!isTrusted(source) || named.trim() === '') return source;
      source = named.trim();
    }
    return source;
  };
}
