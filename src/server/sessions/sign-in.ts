import { v7 as uuidv7 } from 'uuid';
import type { SignedIn, SignIn } from '../../protocol/http/desk-api.ts';
import { runWork, type Work } from '../changes/work.ts';
import { Refusal } from '../policies/refusal.ts';
import type { ServerContext } from '../start/server-context.ts';
import { readAgentByEmail, readSeatChoices, readSittableBranches, type AgentRow } from '../store/agent-rows.ts';
import { insertAudit } from '../store/audit-rows.ts';
import { insertDevice, lockDevice, type DeviceRow } from '../store/device-rows.ts';
import { insertSession, readOpenSessions } from '../store/session-rows.ts';
import { lockStatuses } from '../store/status-rows.ts';
import { endExpiredSessions, endSession } from './end-session.ts';
import { isPassword } from './passwords.ts';
import { hashSecret, newSecret } from './secrets.ts';
import type { SignInLimits } from './sign-in-limits.ts';

export const SESSION_LASTS_MS = 12 * 3_600_000;

interface Asker {
  /** The desk, if it showed its key; without one it is enrolled. */
  device: DeviceRow | null;
  /** Where the request comes from. */
  source: string;
}

/** Lets an agent in at a desk. A wrong password and an unknown or disabled account are one answer, in one time (trust T27). */
export async function signIn(
  context: ServerContext,
  limits: SignInLimits,
  { device, source }: Asker,
  input: SignIn,
): Promise<SignedIn> {
  const account = input.email.trim().toLowerCase();
  limits.begin(account, source, context.clock());
  const agent = await readAgentByEmail(context.store.db, account);
  const isRight = await isPassword(agent?.passwordHash ?? null, input.password);
  if (!agent || !isRight || agent.isDisabled) {
    context.log.warn({ agentId: agent?.id, ip: source }, 'wrong credentials');
    throw new Refusal('WRONG_CREDENTIALS');
  }
  limits.forgive(account, source);
  // A desk stays with the company that enrolled it.
  if (device && device.companyId !== agent.companyId) throw new Refusal('FORBIDDEN');
  await endExpiredSessions(context);
  const opened = await open(context, agent, device, input.deskName);
  const seats = await readSeatChoices(context.store.db, await readSittableBranches(context.store.db, agent));
  return { ...opened, ...presentAgent(agent), seats };
}

async function open(
  context: ServerContext,
  agent: AgentRow,
  known: DeviceRow | null,
  deskName: string,
): Promise<Pick<SignedIn, 'sessionId' | 'sessionToken' | 'expiresAt' | 'device'>> {
  const sessionId = uuidv7();
  const sessionToken = newSecret();
  const { result } = await runWork(context, async (work) => {
    if (known && !(await lockDevice(work.tx, known.id))) throw new Refusal('DESK_REVOKED');
    const expiresAt = work.now + SESSION_LASTS_MS;
    const enrolled = known ? null : await enrol(work, agent, deskName);
    const deviceId = known?.id ?? enrolled?.id ?? '';
    await endOthersAt(work, agent.id, deviceId);
    await insertSession(work.tx, {
      id: sessionId,
      agentId: agent.id,
      deviceId,
      tokenHash: hashSecret(sessionToken),
      createdAt: work.now,
      expiresAt,
    });
    await insertAudit(work.tx, {
      companyId: agent.companyId,
      agentId: agent.id,
      deviceId,
      act: enrolled ? 'device.enrolled' : 'session.opened',
      subject: agent.id,
      at: work.now,
    });
    return { expiresAt, device: enrolled };
  });
  return { sessionId: sessionId as SignedIn['sessionId'], sessionToken, ...result };
}

async function enrol(work: Work, agent: AgentRow, name: string): Promise<NonNullable<SignedIn['device']>> {
  const id = uuidv7();
  const secret = newSecret();
  const { companyId } = agent;
  await insertDevice(work.tx, { id, companyId, branchId: null, kind: 'desk', name, secretHash: hashSecret(secret) });
  return { id: id as NonNullable<SignedIn['device']>['id'], secret };
}

/** One desk serves one agent at a time: whoever was signed in here is so no more. The desk is locked already. */
async function endOthersAt(work: Work, agentId: string, deviceId: string): Promise<void> {
  const there = await readOpenSessions(work.tx, { deviceId });
  await lockStatuses(work.tx, [agentId, ...there.map((session) => session.agentId)], work.now);
  for (const session of there) {
    const isSame = session.agentId === agentId;
    await endSession(work, session, isSame ? 'signedInElsewhere' : 'revoked', { keepsCall: isSame });
  }
}

const presentAgent = (agent: AgentRow): Pick<SignedIn, 'agent' | 'companyName' | 'isDemo'> => ({
  agent: {
    id: agent.id as SignedIn['agent']['id'],
    email: agent.email,
    firstName: agent.firstName,
    lastName: agent.lastName,
    role: agent.role,
    mustChangePassword: agent.mustChangePassword,
  },
  companyName: agent.companyName,
  isDemo: agent.isDemo,
});
