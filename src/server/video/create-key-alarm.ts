import type { AttentionId, TicketId } from '../../protocol/ids.ts';
import type { Signal } from '../../protocol/video/signal.ts';
import { nobody, runWork } from '../changes/work.ts';
import { tellEvent } from '../commands/tell-holder.ts';
import { RateLimit } from '../policies/rate-limit.ts';
import type { ServerContext } from '../start/server-context.ts';
import { readKeyAlarms } from '../store/event-rows.ts';
import { lockTicket } from '../store/ticket-rows.ts';

/** A side that says so again and again fills no timeline: so often on one line, */
const TOLD = { limit: 3, windowMs: 60_000 };
/** and so often in a call, on however many lines. */
const MOST_OF_A_CALL = 20;

/** What both sides of a session hear whose key changed: it is over (SPEC CL8). */
export const keyChanged = (session: number): Signal => ({ session, data: { type: 'keyChanged' } });

/**
 * Writes into the timeline that a call was dropped because a key had changed within a session, and in which side's signal it was
 * noticed (trust B70): of each session once, whoever says it. Resolves when that is done.
 */
export function createKeyAlarm(
  context: ServerContext,
  { companyId, ticketId }: { companyId: string; ticketId: TicketId | string },
): (side: 'agent' | 'guest', of: { attentionId: string; session: number }) => Promise<void> {
  const limit = new RateLimit(TOLD);
  return async (side, { attentionId, session }) => {
    if (limit.take('', context.clock()) !== null) return;
    try {
      await runWork(context, async (work) => {
        const row = await lockTicket(work.tx, companyId, ticketId);
        if (!row?.header.holder) return;
        const told = await readKeyAlarms(work.tx, row.id, attentionId);
        if (told.size >= MOST_OF_A_CALL || told.has(session)) return;
        const fact = { type: 'call.keyChanged', side, attentionId: attentionId as AttentionId, session } as const;
        await tellEvent(work, row, work.record(row, nobody, fact));
      });
    } catch (error) {
      context.log.error({ error, ticketId }, 'a changed key was not written down');
    }
  };
}
