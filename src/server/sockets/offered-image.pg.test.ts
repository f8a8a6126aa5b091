import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { BRANCH_SCHEMA } from '../../cache-file/branch-migrations.ts';
import { testImages } from '../testing/branch-images.ts';
import { issue } from '../testing/deliver.ts';
import { newAgent, newOffice, type TestAgent, type TestOffice } from '../testing/office-factory.ts';
import { NINE, openServer, type TestServer } from '../testing/open-server.ts';
import { openDesk, openDoors, ticketOf, type Doorway, type SocketClient } from '../testing/socket-client.ts';

let server: TestServer;
let doorway: Doorway;
let office: TestOffice;
let ana: TestAgent;
let stream: string;
let images: ReturnType<typeof testImages>;
beforeAll(async () => {
  server = await openServer();
  images = testImages(server);
  server.context.images = images.images;
});
afterAll(async () => {
  await images.close();
  await server.close();
});
beforeEach(async () => {
  server.clock.now = NINE;
  doorway = await openDoors(server);
  office = await newOffice(server);
  ana = await newAgent(office, { isConnected: false });
  stream = `branch:${office.branch.id}`;
});
afterEach(() => doorway.close());

const hello = async (more: object): Promise<SocketClient> => {
  const client = await openDesk(doorway, ana);
  client.send({ type: 'authenticate', protocol: 1, ticket: await ticketOf(server, ana), cursors: {}, ...more });
  return client;
};
const types = ({ frames }: SocketClient) => frames.map(({ type }) => type);

test('[R16] a desk that begins is offered an image and let go, and comes back with its cursor for the rest', async () => {
  await issue(office);
  const first = await hello({ branchSchema: BRANCH_SCHEMA });
  const offered = await first.frame('image');
  expect(offered).toMatchObject({ stream, seq: 1, schemaVersion: BRANCH_SCHEMA });
  expect(await first.closed).toEqual([1000, 'image']);
  expect(types(first)).toEqual(['welcome', 'snapshot', 'image']);
  await issue(office);
  const cursors = { [`company:${office.companyId}`]: 0, [stream]: offered.seq };
  const second = await hello({ branchSchema: BRANCH_SCHEMA, cursors });
  await second.frame('caughtUp');
  const rest = await second.frame('changes', (frame) => frame.stream === stream);
  expect(rest.changes.map(({ seq }) => seq)).toEqual([2]);
  expect(types(second)).not.toContain('image');
});

test('a desk that says no schema, or another one, gets rows', async () => {
  await issue(office);
  for (const more of [{}, { branchSchema: BRANCH_SCHEMA + 1 }]) {
    const client = await hello(more);
    await client.frame('caughtUp');
    // That the desk before it left, or is here, may be told at any moment.
    const begun = types(client).filter((type) => type !== 'changes');
    expect(begun).toEqual(['welcome', 'snapshot', 'snapshot', 'snapshot', 'transfers', 'caughtUp']);
  }
});
