import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { SessionFact } from '../../bridge/facts.ts';
import type { AgentId } from '../../protocol/ids.ts';
import type { StoreClient } from '../cache/store-client.ts';
import type { ServerApi } from '../sync/server-api.ts';
import type { ServerClock } from '../sync/server-clock.ts';
import { ana, branch, idOf, luis, moduleOne } from '../testing/fake-office.ts';
import { quietLog } from '../testing/test-desk.ts';
import type { LastAgent } from './last-agent.ts';
import { createSession, type Session } from './session.ts';

const HOUR = 3_600_000;
let session: Session | undefined;
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  session?.stop();
  vi.useRealTimers();
});

const agent = (id: AgentId, email: string, expiresAt: number): LastAgent => ({
  verifier: 'none',
  signedIn: {
    sessionId: idOf('9', 1),
    sessionToken: 'token',
    expiresAt,
    agent: { id, email, firstName: 'Agente', lastName: '', role: 'agent', mustChangePassword: false },
    companyName: 'Demo Telecom',
    isDemo: true,
    seats: [],
  },
  seat: { branchId: branch, moduleId: moduleOne },
});

test('[T13] whoever may come in without the line no more is offered no more, while nobody is in', async () => {
  const kept = [agent(ana, 'ana@demo.test', Date.now() + HOUR), agent(luis, 'luis@demo.test', Date.now() + 2 * HOUR)];
  const ask = async (_name: string, secret: string): Promise<unknown> => (secret === 'lastAgents' ? kept : null);
  const told: SessionFact[] = [];
  session = createSession(
    {
      api: {} as ServerApi,
      store: { ask } as unknown as StoreClient,
      clock: { now: () => Date.now() } as ServerClock,
      log: quietLog,
      deskName: 'Prueba',
      storeNotice: () => null,
      hasAttention: () => Promise.resolve(false),
    },
    {
      changed: (fact) => told.push(fact),
      viewerChanged: () => Promise.resolve(),
      seated: () => undefined,
      left: () => undefined,
    },
  );
  await session.start('revoked');
  expect(told.at(-1)).toMatchObject({ lastAgentEmails: ['ana@demo.test', 'luis@demo.test'] });
  vi.advanceTimersByTime(HOUR);
  expect(told.at(-1)).toMatchObject({ state: 'signedOut', cause: 'revoked', lastAgentEmails: ['luis@demo.test'] });
  vi.advanceTimersByTime(HOUR);
  expect(told.at(-1)).toMatchObject({ cause: 'revoked', lastAgentEmails: [] });
  expect(told).toHaveLength(3);
});
