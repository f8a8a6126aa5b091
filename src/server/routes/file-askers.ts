import type { FastifyRequest } from 'fastify';
import type { Asker } from '../files/asker.ts';
import { Refusal } from '../policies/refusal.ts';
import { readGuestCookie } from '../sessions/guest-cookie.ts';
import { hashSecret } from '../sessions/secrets.ts';
import { requireSession } from '../sessions/session-access.ts';
import type { ServerContext } from '../start/server-context.ts';

/** The agent of a session at its desk. */
export async function agentAsker(
  context: ServerContext,
  { headers }: FastifyRequest,
): Promise<Extract<Asker, { type: 'agent' }>> {
  const { id: sessionId, agentId, companyId, deviceId } = await requireSession(context, headers);
  return { type: 'agent', agentId, companyId, deviceId, sessionId };
}

/** A browser with a guest's cookie; nothing exists for any other. */
export function guestAsker({ headers }: FastifyRequest): Extract<Asker, { type: 'guest' }> {
  const browser = readGuestCookie(headers.cookie);
  if (browser === null) throw new Refusal('NOT_FOUND');
  return { type: 'guest', browserHash: hashSecret(browser) };
}

/** Whose requests are counted together. */
export const floodKeyOf = (asker: Asker): string =>
  asker.type === 'agent' ? asker.deviceId : asker.browserHash.toString('base64');
