import type { ChangePassword } from '../../protocol/http/desk-api.ts';
import { runWork } from '../changes/work.ts';
import { refuseWeakPassword } from '../policies/password-policy.ts';
import { Refusal } from '../policies/refusal.ts';
import type { ServerContext } from '../start/server-context.ts';
import { readAgent, savePassword } from '../store/agent-rows.ts';
import { insertAudit } from '../store/audit-rows.ts';
import { readOpenSessions, type SessionRow } from '../store/session-rows.ts';
import { lockStatuses } from '../store/status-rows.ts';
import { endSession } from './end-session.ts';
import { hashPassword, isPassword } from './passwords.ts';
import type { SignInLimits } from './sign-in-limits.ts';

/** Gives the agent of a session another password and ends the agent's sessions elsewhere (trust T13). */
export async function changePassword(
  context: ServerContext,
  limits: SignInLimits,
  { session, source }: { session: SessionRow; source: string },
  { current, next }: ChangePassword,
): Promise<void> {
  const agent = await readAgent(context.store.db, session.agentId);
  if (!agent) throw new Refusal('SESSION_EXPIRED');
  limits.begin(agent.email, source, context.clock());
  if (!(await isPassword(agent.passwordHash, current))) throw new Refusal('WRONG_CREDENTIALS', { field: 'current' });
  limits.forgive(agent.email, source);
  refuseWeakPassword(next, agent);
  if (next === current) throw new Refusal('WEAK_PASSWORD', { field: 'next' });
  const hash = await hashPassword(next);
  await runWork(context, async (work) => {
    await lockStatuses(work.tx, [agent.id], work.now);
    await savePassword(work.tx, agent.id, { hash, mustChange: false });
    const { companyId, id: agentId } = agent;
    const { deviceId } = session;
    await insertAudit(work.tx, {
      companyId,
      agentId,
      deviceId,
      act: 'password.changed',
      subject: agentId,
      at: work.now,
    });
    for (const other of await readOpenSessions(work.tx, { agentId })) {
      if (other.id !== session.id) await endSession(work, other, 'revoked', { keepsCall: false });
    }
  });
}
