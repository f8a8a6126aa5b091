import type { EnterVideo } from '../../protocol/video/guest-link.ts';
import { isRecord } from '../live/frame-checks.ts';

export type EntryFailure = 'invalid' | 'used' | 'blocked' | 'offline' | 'tooMany' | 'unavailable';

const PATIENCE_MS = 10_000;
const TOO_MANY = 429;

/** Enters with the token of a link: from then on this browser is known by its cookie. Null when it is in. */
export async function enterVideo(token: string, fetchFrom: typeof fetch): Promise<EntryFailure | null> {
  try {
    const response = await fetchFrom('/v1/guest/entries', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token } satisfies EnterVideo),
      cache: 'no-store',
      credentials: 'same-origin',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (response.ok) return null;
    if (response.status === TOO_MANY) return 'tooMany';
    // A portal that answers in the server's place sends no JSON of ours: that is no line to the server.
    const answer: unknown = await response.json();
    const code = isRecord(answer) ? answer['code'] : null;
    if (code === 'LINK_INVALID' || code === 'BAD_REQUEST') return 'invalid';
    if (code === 'GUEST_BLOCKED') return 'blocked';
    return code === 'LINK_USED' ? 'used' : 'unavailable';
  } catch {
    return 'offline';
  }
}
