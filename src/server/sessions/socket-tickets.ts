import { Refusal } from '../policies/refusal.ts';
import type { ServerContext } from '../start/server-context.ts';
import { insertSocketTicket, takeSocketTicket, type SessionRow } from '../store/session-rows.ts';
import { hashSecret, newSecret } from './secrets.ts';

const TICKET_LASTS_MS = 30_000;

/** A ticket for one socket of a seated session: one use, 30 s (trust T14). */
export async function createSocketTicket(context: ServerContext, session: SessionRow): Promise<string> {
  if (session.moduleId === null) throw new Refusal('WRONG_STATE');
  const ticket = newSecret();
  await insertSocketTicket(context.store.db, {
    hash: hashSecret(ticket),
    sessionId: session.id,
    expiresAt: context.clock() + TICKET_LASTS_MS,
  });
  return ticket;
}

/** Uses a ticket up. Null when it is wrong, used, late, or of a session on another device or without a seat. */
export async function redeemSocketTicket(
  context: ServerContext,
  ticket: string,
  deviceId: string,
): Promise<{ sessionId: string; agentId: string; companyId: string; branchId: string } | null> {
  const session = await takeSocketTicket(context.store.db, hashSecret(ticket), context.clock());
  if (session?.deviceId !== deviceId || session.branchId === null || session.moduleId === null) return null;
  const { id: sessionId, agentId, companyId, branchId } = session;
  return { sessionId, agentId, companyId, branchId };
}
