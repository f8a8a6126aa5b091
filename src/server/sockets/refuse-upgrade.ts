import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { statusOf } from '../policies/error-status.ts';
import type { Refusal } from '../policies/refusal.ts';
import { errorBody } from '../policies/error-body.ts';
import type { Asker } from './socket-error.ts';

/** Answers a handshake that is not let in, in the shape of every error, and cuts off. */
export function refuseUpgrade(stream: Duplex, refusal: Refusal, asker: Asker): void {
  const status = statusOf(refusal.code);
  const wait = refusal.details.values?.['retryAfterSeconds'];
  const body = JSON.stringify(errorBody(refusal, asker));
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Language: ${asker.language}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    `X-Request-Id: ${asker.requestId}`,
    ...(status === 401 ? ['WWW-Authenticate: Device'] : []),
    ...(wait === undefined ? [] : [`Retry-After: ${wait}`]),
    'Connection: close',
  ];
  // Not left to the other side: it could keep its half open for ever.
  stream.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => stream.destroy());
}
