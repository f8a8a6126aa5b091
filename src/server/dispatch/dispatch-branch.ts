import { v7 as uuidv7 } from 'uuid';
import { canReceive } from '../../domain/agent-status/next-status.ts';
import { assignCalls, type AssignedCall, type FreeAgent } from '../../domain/queue/assign-calls.ts';
import type { Holder, TicketHeader } from '../../protocol/ticket.ts';
import { nobody, type Work } from '../changes/work.ts';
import { byVideo } from '../commands/by-video.ts';
import { moveTicket } from '../commands/move-ticket.ts';
import { insertAttention } from '../store/attention-rows.ts';
import { dropWish, readWish, setDue } from '../store/due-rows.ts';
import { lockBranch, readServices, type BranchRow } from '../store/service-rows.ts';
import { lockStatuses, readCallers, readCandidates, type Caller } from '../store/status-rows.ts';
import { isAnybodyWaiting, lockTicket, readWaiting } from '../store/ticket-rows.ts';
import { isSeen } from './is-seen.ts';

/** An automatic call that its desk has not shown by then goes back to its place. */
export const ACKNOWLEDGE_MS = 5_000;

/** A free agent as the rule sees them, and as the call will name them. */
interface FreeCaller extends FreeAgent {
  caller: Caller;
}

/**
 * One look at the line of a branch: the branch's row is locked, agents and line are read again, the pure rule says who calls
 * whom, and the calls are made, all in this transaction. Two servers that look at once agree.
 */
export async function dispatchBranch(work: Work, branchId: string): Promise<void> {
  // What is read behind the lock is read under it. The wish is taken at the end only: due times are locked after statuses and
  // tickets, here as everywhere.
  const [branch, wish, isWaiting, candidates] = await Promise.all([
    lockBranch(work.tx, branchId),
    readWish(work.tx, branchId),
    isAnybodyWaiting(work.tx, branchId),
    readCandidates(work.tx, branchId),
  ]);
  if (!branch) return;
  const calls = isWaiting && candidates.length > 0 ? await callForFreeAgents(work, branch, candidates) : 0;
  if (wish !== null) work.write(dropWish(work.tx, branchId, wish, calls === 0));
}

/** Gives how many calls it had to make. */
async function callForFreeAgents(work: Work, branch: BranchRow, candidates: string[]): Promise<number> {
  const agents = await lockFreeAgents(work, branch.id, candidates);
  if (agents.length === 0) return 0;
  const [tickets, services] = await Promise.all([readWaiting(work.tx, branch.id), readServices(work.tx, branch.id)]);
  const calls = assignCalls({ tickets, services, rules: branch.queueRules, agents, now: work.now });
  const read = new Map(tickets.map((ticket) => [ticket.id, ticket]));
  // Whoever locks several tickets locks them in the order of their ids.
  for (const call of calls.toSorted((a, b) => (a.ticketId < b.ticketId ? -1 : 1))) {
    const caller = agents.find(({ agentId }) => agentId === call.agentId)?.caller;
    const ticket = read.get(call.ticketId);
    if (!caller || !ticket) throw new Error('a call of nobody or for nobody');
    await makeCall(work, branch, { call, caller, ticket });
  }
  return calls.length;
}

async function lockFreeAgents(work: Work, branchId: string, candidates: string[]): Promise<FreeCaller[]> {
  const statuses = await lockStatuses(work.tx, candidates, work.now);
  const callers = await readCallers(work.tx, [...statuses.keys()]);
  return callers.flatMap((caller): FreeCaller[] => {
    const row = statuses.get(caller.agentId);
    if (row?.status.branchId !== branchId) return [];
    if (!canReceive(row.status, caller.isHolding, isSeen(row, work.now))) return [];
    return [
      {
        agentId: row.status.agentId,
        mainServices: caller.mainServices,
        supportServices: caller.supportServices,
        freeSince: row.freeSince,
        caller,
      },
    ];
  });
}

async function makeCall(
  work: Work,
  branch: BranchRow,
  { call, caller, ticket }: { call: AssignedCall; caller: Caller; ticket: TicketHeader },
): Promise<void> {
  const row = await lockTicket(work.tx, branch.companyId, call.ticketId);
  if (row?.header.state !== 'waiting' || row.header.serviceId !== ticket.serviceId) {
    // Somebody took or passed it on since the line was read: its agent is still free.
    work.dispatch(branch.id);
    return;
  }
  const holder: Omit<Holder, 'epoch'> = {
    agentId: call.agentId,
    agentName: caller.name,
    moduleId: caller.moduleId as Holder['moduleId'],
    attentionId: uuidv7() as Holder['attentionId'],
  };
  const fact = {
    type: 'ticket.called',
    moduleName: caller.moduleName,
    attempt: 1,
    isAutomatic: true,
    reasons: call.reasons,
    ...byVideo(row.header),
  } as const;
  const header = await moveTicket(work, row, { type: 'call', holder }, fact, nobody);
  if (!header.holder) throw new Error('a called ticket has a holder');
  const rest = { isAutomatic: true, reasons: call.reasons, at: work.now, isBegun: false };
  work.write(insertAttention(work.tx, header, header.holder, rest));
  const due = { kind: 'acknowledge', subjectId: holder.attentionId, branchId: header.branchId } as const;
  work.write(setDue(work.tx, due, work.now + ACKNOWLEDGE_MS));
}
