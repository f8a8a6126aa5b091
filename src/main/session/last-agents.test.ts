import { beforeEach, expect, test } from 'vitest';
import type { AgentId } from '../../protocol/ids.ts';
import type { StoreClient } from '../cache/store-client.ts';
import type { ServerClock } from '../sync/server-clock.ts';
import { branch, idOf, moduleOne } from '../testing/fake-office.ts';
import { makeVerifier, type LastAgent } from './last-agent.ts';
import { createLastAgents } from './last-agents.ts';

const HOUR = 3_600_000;
let now: number;
let kept: unknown;
beforeEach(() => {
  now = 1_000;
  kept = null;
});

/** Over a store in memory, as a start of the desk finds it. */
async function load() {
  const ask = async (name: string, _secret: string, value: unknown): Promise<unknown> =>
    name === 'secret.put' ? void (kept = JSON.parse(JSON.stringify(value))) : kept;
  const clock = { now: () => now } as ServerClock;
  const agents = createLastAgents({ store: { ask } as unknown as StoreClient, clock });
  await agents.load();
  return agents;
}

const verifier = await makeVerifier('una frase larga');
const agent = (number: number, { expiresAt = 12 * HOUR, hasSeat = true } = {}): LastAgent => ({
  verifier,
  signedIn: {
    sessionId: idOf('9', number),
    sessionToken: `token ${number}`,
    expiresAt,
    agent: {
      id: idOf<AgentId>('4', number),
      email: `agente${number}@demo.test`,
      firstName: 'Agente',
      lastName: String(number),
      role: 'agent',
      mustChangePassword: false,
    },
    companyName: 'Demo Telecom',
    isDemo: true,
    seats: [],
  },
  seat: hasSeat ? { branchId: branch, moduleId: moduleOne } : null,
});

test('at most five are kept, the latest first, each once', async () => {
  const agents = await load();
  for (const number of [1, 2, 3, 4, 5, 6, 3]) await agents.remember(agent(number));
  const expected = [3, 6, 5, 4, 2].map((number) => `agente${number}@demo.test`);
  expect(agents.emails()).toEqual(expected);
  expect((await load()).emails()).toEqual(expected);
});

test('[T13] each comes in until the end of their own session, and is not on file after it', async () => {
  const agents = await load();
  await agents.remember(agent(1, { expiresAt: 2 * HOUR }));
  await agents.remember(agent(2));
  now = 2 * HOUR;
  expect(agents.emails()).toEqual(['agente2@demo.test']);
  await expect(agents.admit('agente1@demo.test', 'una frase larga')).rejects.toMatchObject({ code: 'NEEDS_LINE' });
  await agents.remember(agent(3));
  expect(JSON.stringify(kept)).not.toContain('agente1');
});

test('who never sat down does not come in, nor with another’s password', async () => {
  const agents = await load();
  await agents.remember(agent(1, { hasSeat: false }));
  await agents.remember({ ...agent(2), verifier: await makeVerifier('otra frase') });
  await expect(agents.admit('agente1@demo.test', 'una frase larga')).rejects.toMatchObject({ code: 'NEEDS_LINE' });
  await expect(agents.admit('agente2@demo.test', 'una frase larga')).rejects.toMatchObject({
    code: 'WRONG_CREDENTIALS',
  });
  expect((await agents.admit(' Agente2@demo.test ', 'otra frase')).signedIn.sessionToken).toBe('token 2');
});

test('[R14] what cannot be read is nobody, and does not stand in the way of the others', async () => {
  kept = [{ verifier: 7 }, agent(1)];
  expect((await load()).emails()).toEqual(['agente1@demo.test']);
  kept = 'no list';
  expect((await load()).emails()).toEqual([]);
});
