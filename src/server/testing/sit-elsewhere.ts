import { v7 as uuidv7 } from 'uuid';
import { hashSecret, newSecret } from '../sessions/secrets.ts';
import { takeSeat } from '../sessions/take-seat.ts';
import { insertSession, readSessionAndDevice } from '../store/session-rows.ts';
import { insertDevice, takeModule, type TestAgent } from './office-factory.ts';

/** The same agent signed in at another desk and seated there: by default in the same branch. What they do counts from now. */
export async function sitElsewhere(agent: TestAgent, office = agent.office): Promise<TestAgent> {
  const { context, clock } = office.server;
  const there: TestAgent = {
    ...agent,
    office,
    deviceId: uuidv7(),
    sessionId: uuidv7(),
    moduleId: takeModule(office),
  };
  there.deviceKey = await insertDevice(office, 'desk', there.deviceId);
  const token = newSecret();
  await context.store.db.transaction().execute((tx) =>
    insertSession(tx, {
      id: there.sessionId,
      agentId: there.id,
      deviceId: there.deviceId,
      tokenHash: hashSecret(token),
      createdAt: clock.now,
      expiresAt: clock.now + 12 * 3_600_000,
    }),
  );
  const shown = { tokenHash: hashSecret(token), deviceId: null };
  const { session } = await readSessionAndDevice(context.store.db, shown);
  if (!session) throw new Error('no session');
  const seat = { branchId: office.branch.id, moduleId: there.moduleId };
  await takeSeat(context, session, seat as Parameters<typeof takeSeat>[2]);
  return there;
}
