import type { ReadGuestMessages, SendGuestMessage } from '../../protocol/video/message.ts';
import { askServer } from './ask-server.ts';
import type { Sending } from './guest-chat.ts';
import { isGuestMessage } from './read-messages.ts';

const TOO_MANY = 429;
const BROKEN = 500;

/** Sends a message of the chat under its key. The answer may come by another way first, and the same again changes nothing. */
export async function sendMessage(fetchFrom: typeof fetch, token: string, key: string, text: string): Promise<Sending> {
  const json: SendGuestMessage = { token, text };
  const headers = { 'idempotency-key': key };
  const { status, body } = await askServer(fetchFrom, { method: 'POST', path: '/v1/guest/messages', json, headers });
  if (isGuestMessage(body)) return { sent: body };
  if (status === 0) return { problem: 'offline' };
  if (status === TOO_MANY) return { problem: 'tooMany' };
  // What is no word of ours came from something between us and the server.
  if (status >= BROKEN || typeof body?.['code'] !== 'string') return { problem: 'unavailable' };
  const { code } = body;
  return { problem: code === 'CONTROL_CHARS' || code === 'REQUIRED' || code === 'BAD_REQUEST' ? 'rejected' : 'closed' };
}

/** Told or not: the next time says it too. */
export async function tellRead(fetchFrom: typeof fetch, token: string, upTo: number): Promise<void> {
  const json: ReadGuestMessages = { token, upTo };
  await askServer(fetchFrom, { method: 'POST', path: '/v1/guest/messages/read', json });
}
