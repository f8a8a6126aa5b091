import { createHmac } from 'node:crypto';
import type { Ice } from '../../protocol/video/ice.ts';

/** The relay that this deployment has. */
export interface Turn {
  urls: string[];
  /** Shared with the relay (`static-auth-secret` of coturn). */
  secret: string;
  policy: Ice['policy'];
  /** Of the credentials. Others are sent after half of it: whoever builds a connection has some that last. */
  lifetimeMs: number;
}

/**
 * Credentials of one user for the relay, limited in time (draft-uberti-behave-turn-rest-00): the relay checks them by the secret
 * alone. Without a relay the browsers find each other in their own network or not at all.
 */
export function makeIce(turn: Turn | undefined, user: string, now: number): Ice {
  if (!turn) return { policy: 'all', servers: [], expiresAt: null };
  const expiresAt = now + turn.lifetimeMs;
  const username = `${Math.floor(expiresAt / 1_000)}:${user}`;
  const credential = createHmac('sha1', turn.secret).update(username).digest('base64');
  const isStun = (url: string): boolean => url.startsWith('stun');
  const [stun, relays] = [turn.urls.filter(isStun), turn.urls.filter((url) => !isStun(url))];
  return {
    policy: turn.policy,
    servers: [
      ...(stun.length > 0 ? [{ urls: stun }] : []),
      ...(relays.length > 0 ? [{ urls: relays, username, credential }] : []),
    ],
    expiresAt,
  };
}
