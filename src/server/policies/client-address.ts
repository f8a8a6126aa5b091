/** What counts as one source of requests: an IPv4 address, or the /64 of an IPv6 one, which is one subscriber's. */
export function clientAddress(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip);
  if (mapped?.[1] !== undefined) return mapped[1];
  if (!ip.includes(':')) return ip;
  const [head = '', tail = ''] = ip.split('::');
  const groups = head === '' ? [] : head.split(':');
  const end = tail === '' ? [] : tail.split(':');
  const whole = ip.includes('::')
    ? [...groups, ...Array<string>(8 - groups.length - end.length).fill('0'), ...end]
    : groups;
  return `${whole.slice(0, 4).join(':')}::/64`;
}
