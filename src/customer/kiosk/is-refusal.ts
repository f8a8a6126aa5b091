import type { KioskFailure } from './kiosk-api.ts';

/** The server was not heard, or failed inside, perhaps after it had made the ticket. */
const NOT_KNOWN: ReadonlySet<KioskFailure> = new Set(['offline', 'TIMEOUT', 'INTERNAL', 'UNAVAILABLE']);

/**
 * Refusals of what is asked for. The server gives them only for a key that it does not know (or for a body that it
 * refuses whenever it comes); any other, such as too many requests, comes before it has looked for the key.
 */
const OF_THE_REQUEST: ReadonlySet<KioskFailure> = new Set([
  'BAD_REQUEST',
  'UNKNOWN_FIELD',
  'REQUIRED',
  'CONTROL_CHARS',
  'CHECK_DIGIT',
  'INVALID_DOCUMENT',
  'SERVICE_CLOSED',
]);

/**
 * Whether this failure says for sure that the server made no ticket with the key of the request. `isFirst`: no
 * earlier send of that key is without an answer.
 */
export function isRefusal(failure: KioskFailure, { isFirst }: { isFirst: boolean }): boolean {
  return isFirst ? !NOT_KNOWN.has(failure) : OF_THE_REQUEST.has(failure);
}
