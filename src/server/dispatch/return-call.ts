import { nobody, type Work } from '../changes/work.ts';
import { changeStatus } from '../commands/change-status.ts';
import { endHolding } from '../commands/end-holding.ts';
import { moveTicket } from '../commands/move-ticket.ts';
import { sayPresence } from '../commands/say-presence.ts';
import { readAttention } from '../store/attention-rows.ts';
import { dropDue, isDue } from '../store/due-rows.ts';
import { lockStatuses, setConnection } from '../store/status-rows.ts';
import { lockTicket } from '../store/ticket-rows.ts';

type Cause = 'noAnswer' | 'notAcknowledged' | 'deskSilent' | 'signedOut';

/**
 * Gives a call back to the line, in its old place, if this attention still calls. `due` is the clock that ran out; when
 * another process took it, or the agent wound it up again, nothing is done. `takesUp`: whether the agent, whose hand is free
 * then, takes up what was laid aside.
 */
export async function returnCall(
  work: Work,
  attentionId: string,
  cause: Cause,
  { due = null, takesUp = true }: { due?: 'acknowledge' | 'noAnswer' | null; takesUp?: boolean } = {},
): Promise<void> {
  const attention = await readAttention(work.tx, attentionId);
  if (!attention) {
    if (due) await dropDue(work.tx, [due], attentionId);
    return;
  }
  await lockStatuses(work.tx, [attention.agentId], work.now);
  const row = await lockTicket(work.tx, attention.companyId, attention.ticketId);
  // Whoever moves this clock has locked the ticket before: it stands still from here on.
  if (due && !(await isDue(work.tx, { kind: due, subjectId: attentionId }, work.now))) return;
  if (row?.header.state !== 'calling' || row.header.holder?.attentionId !== attentionId) {
    if (due) await dropDue(work.tx, [due], attentionId);
    return;
  }
  await moveTicket(work, row, { type: 'return' }, { type: 'ticket.returned', cause }, nobody);
  const time = { occurredAt: work.now, isSuspect: false };
  await endHolding(work, { attentionId, agentId: attention.agentId }, { cause, outcome: null, takesUp }, time);
  if (cause === 'noAnswer') await changeStatus(work, attention.agentId, { type: 'noAnswer' });
  if (due !== 'acknowledge') return;
  // A desk that shows no call gets none until it has connected anew: the waiting room would hear this one again and again.
  await setConnection(work.tx, attention.agentId, null, work.now);
  await sayPresence(work, attention.agentId, row.branchId);
}
