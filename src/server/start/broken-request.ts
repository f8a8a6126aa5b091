import type { Socket } from 'node:net';
import { v7 as uuidv7 } from 'uuid';
import type { ErrorCode } from '../../protocol/error-codes.ts';
import { statusOf } from '../policies/error-status.ts';
import { Refusal } from '../policies/refusal.ts';
import { errorBody } from '../policies/error-body.ts';

const CODES: Record<string, ErrorCode> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'TIMEOUT',
  HPE_HEADER_OVERFLOW: 'TOO_LARGE',
};

/** What is no HTTP, or does not come in whole in time, is answered and cut off (trust B8). No header of it is believed. */
export function refuseBrokenRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const code = CODES[error.code ?? ''] ?? 'BAD_REQUEST';
  const body = JSON.stringify(errorBody(new Refusal(code), { language: 'es', requestId: uuidv7() }));
  const head = [
    `HTTP/1.1 ${statusOf(code)} ${code}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}
