import type { TakeSeat } from '../../protocol/http/desk-api.ts';
import { runWork, type Work } from '../changes/work.ts';
import { changeStatus } from '../commands/change-status.ts';
import { takeUpAside } from '../commands/take-up-aside.ts';
import { sayPresence } from '../commands/say-presence.ts';
import { Refusal } from '../policies/refusal.ts';
import type { ServerContext } from '../start/server-context.ts';
import { hasModule, readAgent, readSittableBranches } from '../store/agent-rows.ts';
import { readOpenSessions, readSitter, seatSession, type SessionRow } from '../store/session-rows.ts';
import { lockStatuses, setConnection } from '../store/status-rows.ts';
import { heldBy } from '../store/ticket-rows.ts';
import { endExpiredSessions, endSession } from './end-session.ts';

/** Sits the agent of a session at a module, Fuera de línea; ends the agent's sessions at other desks. */
export async function takeSeat(context: ServerContext, session: SessionRow, seat: TakeSeat): Promise<void> {
  await endExpiredSessions(context);
  try {
    await runWork(context, (work) => sit(work, session, seat));
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'MODULE_TAKEN') throw error;
    // The transaction is over: who sits there is read outside it.
    const holder = await readSitter(context.store.db, seat.moduleId);
    throw new Refusal('MODULE_TAKEN', { field: 'moduleId', ...(holder !== null && { values: { holder } }) });
  }
}

async function sit(work: Work, { id, agentId }: SessionRow, { branchId, moduleId }: TakeSeat): Promise<void> {
  const agent = await readAgent(work.tx, agentId);
  if (!agent) throw new Refusal('SESSION_EXPIRED');
  if (agent.mustChangePassword) throw new Refusal('FORBIDDEN', { field: 'password' });
  const branches = await readSittableBranches(work.tx, agent);
  if (!branches.some((branch) => branch.id === branchId)) throw new Refusal('NOT_FOUND', { field: 'branchId' });
  if (!(await hasModule(work.tx, branchId, moduleId))) throw new Refusal('NOT_FOUND', { field: 'moduleId' });
  const statuses = await lockStatuses(work.tx, [agentId], work.now);
  const open = await readOpenSessions(work.tx, { agentId });
  const mine = open.find((session) => session.id === id);
  if (!mine) throw new Refusal('SESSION_EXPIRED');
  if (mine.moduleId === moduleId) return;
  const held = await heldBy(work.tx, agentId);
  // What an agent holds in a branch is finished in that branch.
  if (held && held.branchId !== branchId) throw new Refusal('BUSY_AGENT');
  for (const other of open) {
    if (other.id !== id) await endSession(work, other, 'signedInElsewhere', { keepsCall: false });
  }
  if (!(await seatSession(work.tx, id, { branchId, moduleId, takenAt: work.now }))) throw new Refusal('MODULE_TAKEN');
  await changeStatus(work, agentId, { type: 'signedIn', branchId, moduleId });
  await takeUpAside(work, agentId);
  // The desk that asks is there now, and silent until it has connected.
  if (!statuses.get(agentId)?.connectionId) await setConnection(work.tx, agentId, null, work.now);
  await sayPresence(work, agentId, mine.branchId);
}
