import { Refusal } from '../policies/refusal.ts';
import type { ServerContext } from '../start/server-context.ts';
import { readSessionAndDevice, type SessionEnd, type SessionRow, type Shown } from '../store/session-rows.ts';
import { credentialOf, readKey, withSecret } from './device-access.ts';
import { hashSecret } from './secrets.ts';

interface Headers {
  authorization?: string | undefined;
  'x-device'?: string | string[] | undefined;
}

/** What these headers show, for a statement that looks at it itself; null where one of them is missing or none. */
export function readShown(headers: Headers): Shown | null {
  const token = credentialOf(headers.authorization, 'Bearer');
  const key = readKey(headers['x-device']);
  if (!token || !key) return null;
  return { tokenHash: hashSecret(token), deviceId: key.id, secretHash: hashSecret(key.secret) };
}

/**
 * The live session of `Authorization: Bearer <session token>`, on the very desk whose key stands in `X-Device`: a token that
 * was carried elsewhere is worth nothing.
 */
export async function requireSession(context: ServerContext, headers: Headers): Promise<SessionRow> {
  const token = credentialOf(headers.authorization, 'Bearer');
  const key = readKey(headers['x-device']);
  if (!key) throw new Refusal('UNAUTHENTICATED');
  const shown = { tokenHash: token ? hashSecret(token) : null, deviceId: key.id };
  const { session, device: known } = await readSessionAndDevice(context.store.db, shown);
  const device = withSecret(known, key.secret);
  if (!session || !device || session.deviceId !== device.id) throw new Refusal('UNAUTHENTICATED');
  if (session.endedAt !== null) throw new Refusal(codeOfEnd(session.endCause));
  if (session.expiresAt <= context.clock()) throw new Refusal('SESSION_EXPIRED');
  if (session.isDisabled) throw new Refusal('UNAUTHENTICATED');
  return session;
}

/** A desk that had no line when its session ended learns here why. */
function codeOfEnd(cause: SessionEnd | null): 'SIGNED_IN_ELSEWHERE' | 'UNAUTHENTICATED' | 'SESSION_EXPIRED' {
  switch (cause) {
    case 'signedInElsewhere':
      return 'SIGNED_IN_ELSEWHERE';
    case 'revoked':
    case 'disabled':
      return 'UNAUTHENTICATED';
    default:
      return 'SESSION_EXPIRED';
  }
}
