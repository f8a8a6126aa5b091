import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { runWork } from '../changes/work.ts';
import { setConnected } from '../sockets/set-connected.ts';
import { readLostAgents, setSeen } from '../store/status-rows.ts';
import { attend, issue } from '../testing/deliver.ts';
import { newAgent, newBranch, newOffice, type TestAgent, type TestOffice } from '../testing/office-factory.ts';
import { changeOf, changesOf, NINE, openServer, type TestServer } from '../testing/open-server.ts';
import { SEEN_LASTS_MS } from './is-seen.ts';
import { loseDesk } from './lose-desk.ts';

let server: TestServer;
let office: TestOffice;
let ana: TestAgent;
let connectionId: string;
beforeAll(async () => {
  server = await openServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  server.clock.now = NINE;
  office = await newOffice(server);
  ana = await newAgent(office);
  connectionId = uuidv7();
  await setConnected(server.context, { agentId: ana.id, branchId: office.branch.id, connectionId }, true);
});

const presencesOf = async (agent: TestAgent) =>
  (await changesOf(server, `branch:${office.branch.id}`)).flatMap(({ body }) =>
    body.type === 'presence.put' && body.presence.agentId === agent.id ? [body.presence.silentSince] : [],
  );
const isLost = async () =>
  (await readLostAgents(server.context.store.db, server.clock.now - SEEN_LASTS_MS)).includes(ana.id);

test('[R17] the desks of a server process that ended are told as lost by another, since they were last seen', async () => {
  const other = await openServer({ beside: server, dispatches: true });
  try {
    await setSeen(server.context.store.db, [connectionId], NINE + 15_000);
    server.clock.now = NINE + 15_000 + SEEN_LASTS_MS;
    const { presence } = await changeOf(
      other,
      `branch:${office.branch.id}`,
      'presence.put',
      ({ presence: { silentSince } }) => silentSince !== null,
    );
    expect(presence).toMatchObject({ agentId: ana.id, moduleId: ana.moduleId, silentSince: NINE + 15_000 });
  } finally {
    await other.close();
  }
});

test('[R17] a desk that its process still sees is not lost, a moment more and it is', async () => {
  server.clock.now = NINE + SEEN_LASTS_MS - 1;
  expect(await isLost()).toBe(false);
  await runWork(server.context, (work) => loseDesk(work, ana.id));
  expect(await presencesOf(ana)).toEqual([null]);
  server.clock.now += 1;
  expect(await isLost()).toBe(true);
});

test('[R17] of several processes one tells it, and none tells of a desk that has come back', async () => {
  server.clock.now = NINE + SEEN_LASTS_MS;
  await Promise.all([1, 2, 3].map(() => runWork(server.context, (work) => loseDesk(work, ana.id))));
  expect(await presencesOf(ana)).toEqual([null, NINE]);
  await setConnected(server.context, { agentId: ana.id, branchId: office.branch.id, connectionId: uuidv7() }, true);
  await runWork(server.context, (work) => loseDesk(work, ana.id));
  expect(await presencesOf(ana)).toEqual([null, NINE, null]);
});

test('[R17] who sits in another branch by now is told where their ticket is too', async () => {
  const elsewhere = await newBranch(server, office.companyId);
  await attend(ana, (await issue(office)).id);
  await server.context.store.db
    .updateTable('agent_status')
    .set({ branch_id: elsewhere.branch.id, module_id: elsewhere.modules[0]! })
    .where('agent_id', '=', ana.id)
    .execute();
  server.clock.now = NINE + 5_000;
  await setConnected(server.context, { agentId: ana.id, branchId: elsewhere.branch.id, connectionId }, false);
  const told = async (branchId: string) => (await changesOf(server, `branch:${branchId}`)).at(-1)?.body;
  const silent = { agentId: ana.id, silentSince: NINE + 5_000 };
  expect(await told(office.branch.id)).toMatchObject({ presence: { ...silent, moduleId: null } });
  expect(await told(elsewhere.branch.id)).toMatchObject({ presence: { ...silent, moduleId: elsewhere.modules[0] } });
});

test('[R17] the holder of a ticket whose session is over is told as lost in the branch of the ticket', async () => {
  await attend(ana, (await issue(office)).id);
  await server.context.store.db
    .updateTable('agent_status')
    .set({ branch_id: null, module_id: null })
    .where('agent_id', '=', ana.id)
    .execute();
  server.clock.now = NINE + SEEN_LASTS_MS;
  await runWork(server.context, (work) => loseDesk(work, ana.id));
  expect(await presencesOf(ana)).toEqual([null, NINE]);
});
