/** The customers' socket of the server that served this page. */
export function openPublicSocket(): WebSocket {
  const address = new URL('/v1/public/socket', location.href);
  address.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
  address.hash = '';
  return new WebSocket(address);
}
