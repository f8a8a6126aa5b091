import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { NumberBlock } from '../../protocol/number-block.ts';
import { attend, deliver, headerOf, issue } from '../testing/deliver.ts';
import { newAgent, newBranch, newOffice, type TestAgent, type TestOffice } from '../testing/office-factory.ts';
import { changesOf, NINE, openServer, type TestServer } from '../testing/open-server.ts';
import { reserveBlocks } from './reserve-blocks.ts';

let server: TestServer;
let office: TestOffice;
let ana: TestAgent;
beforeAll(async () => {
  server = await openServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  server.clock.now = NINE;
  office = await newOffice(server);
  ana = await newAgent(office);
});

const refused = (code: string) => ({ status: 'refused', error: { code } });

const reserve = (agent: TestAgent, services: { serviceId: string; count: number }[]) =>
  reserveBlocks(
    server.context,
    { deviceId: agent.deviceId, companyId: office.companyId, branchId: agent.office.branch.id },
    { services: services as never },
  );

async function blockOf(agent: TestAgent, count = 20): Promise<NumberBlock> {
  const [block] = await reserve(agent, [{ serviceId: office.services.caja, count }]);
  return block!;
}

const attendNow = (block: NumberBlock, place = 0, rest: object = {}) =>
  ({
    type: 'ticket.attendNow',
    ticketId: uuidv7(),
    attentionId: uuidv7(),
    serviceId: office.services.caja,
    customer: { type: 'none' },
    blockId: block.id,
    number: block.firstNumber + place,
    turn: block.firstTurn + place,
    ...rest,
  }) as const;

test('“Atender ahora” made without the line: the ticket has the hour, number and code of its desk', async () => {
  await issue(office);
  const block = await blockOf(ana);
  server.clock.now += 3_600_000;
  const body = attendNow(block, 4);
  const occurredAt = NINE + 600_000;
  const id = uuidv7();
  expect(await deliver(ana, body, { id, occurredAt })).toMatchObject({ status: 'accepted' });
  expect(await headerOf(office, body.ticketId)).toMatchObject({
    state: 'attending',
    origin: 'desk',
    number: 6,
    turnCode: 'C-705',
    businessDay: '2026-03-04',
    createdAt: occurredAt,
    attendingSince: occurredAt,
    calledAt: null,
    epoch: 1,
    holder: { agentId: ana.id, attentionId: body.attentionId, moduleId: ana.moduleId },
  });
  const [content] = (await changesOf(server, `agent:${ana.id}`)).map((change) => change.body);
  expect(content).toMatchObject({
    type: 'content.put',
    content: {
      events: [
        { id, fact: { type: 'ticket.created', origin: 'desk' }, occurredAt },
        { id: body.attentionId, fact: { type: 'ticket.attended', moduleName: 'Módulo 1' }, occurredAt },
      ],
    },
  });
  const finish = {
    type: 'attention.finish',
    ticketId: body.ticketId,
    attentionId: body.attentionId,
    epoch: 1,
  } as const;
  expect(await deliver(ana, finish, { occurredAt: NINE + 900_000 })).toMatchObject({ status: 'accepted' });
  expect((await headerOf(office, body.ticketId)).closedAt).toBe(NINE + 900_000);
});

test('[TC2] desks count their turns apart from the line, block after block', async () => {
  const first = await blockOf(ana, 20);
  expect((await issue(office)).code).toBe('C-001');
  const second = await blockOf(ana, 20);
  expect((await issue(office)).code).toBe('C-002');
  expect([first.firstTurn, second.firstTurn]).toEqual([701, 721]);
});

test('a number outside the block, of another service, desk or number than its turn, is refused', async () => {
  const block = await blockOf(ana, 3);
  const colleague = await newAgent(office);
  const wrong = [
    attendNow(block, 3),
    attendNow(block, -1),
    attendNow(block, 0, { number: block.firstNumber + 1 }),
    attendNow(block, 0, { turn: block.firstTurn + 1 }),
    attendNow(block, 0, { serviceId: office.services.reclamos }),
    attendNow(block, 0, { blockId: uuidv7() }),
  ];
  for (const body of wrong) expect(await deliver(ana, body)).toMatchObject(refused('NOT_FOUND'));
  expect(await deliver(colleague, attendNow(block))).toMatchObject(refused('NOT_FOUND'));
  expect(await deliver(ana, attendNow(block, 2))).toMatchObject({ status: 'accepted' });
});

test('a number is used once', async () => {
  const block = await blockOf(ana);
  const first = attendNow(block);
  await deliver(ana, first);
  const { ticketId, attentionId } = first;
  await deliver(ana, { type: 'attention.finish', ticketId, attentionId, epoch: 1 });
  expect(await deliver(ana, attendNow(block))).toMatchObject(refused('KEY_REUSED'));
});

test('an agent with a customer in hand attends nobody else', async () => {
  const block = await blockOf(ana);
  await attend(ana, (await issue(office)).id);
  expect(await deliver(ana, attendNow(block))).toMatchObject(refused('BUSY_AGENT'));
});

test('blocks of several services at once, while tickets are issued, overlap nowhere', async () => {
  const luis = await newAgent(office, { firstName: 'Luis' });
  const { caja, reclamos, ventas } = office.services;
  const wanted = [caja, reclamos, ventas].map((serviceId) => ({ serviceId, count: 20 }));
  const [mine, theirs, ...issued] = await Promise.all([
    reserve(ana, wanted),
    reserve(luis, wanted.toReversed()),
    ...Array.from({ length: 30 }, (_, index) => issue(office, { service: ['ventas', 'reclamos', 'caja'][index % 3]! })),
  ]);
  const numbers = [...mine, ...theirs].flatMap(({ firstNumber, count }) =>
    Array.from({ length: count }, (_, index) => firstNumber + index),
  );
  const codes = [...mine, ...theirs].flatMap(({ letter, firstTurn, count }) =>
    Array.from({ length: count }, (_, index) => `${letter} ${firstTurn + index}`),
  );
  numbers.push(...issued.map(({ number }) => number));
  codes.push(...issued.map(({ code }) => `${code[0]} ${Number(code.slice(2))}`));
  expect(new Set(numbers).size).toBe(150);
  expect(new Set(codes).size).toBe(150);
});

test('[TC3] desks that have had all turns of the day get what is left, then none, and other services go on', async () => {
  const { caja, reclamos } = office.services;
  await blockOf(ana);
  await server.context.store.db
    .updateTable('turn_counter')
    .set({ desk_turns: 9_285 })
    .where('service_id', '=', caja)
    .execute();
  const both = [caja, reclamos].map((serviceId) => ({ serviceId, count: 20 }));
  const near = await reserve(ana, both);
  expect(near.find(({ serviceId }) => serviceId === caja)).toMatchObject({ firstTurn: 9_986, count: 15 });
  expect((await reserve(ana, both)).map(({ serviceId }) => serviceId)).toEqual([reclamos]);
  await expect(reserve(ana, [{ serviceId: caja, count: 1 }])).rejects.toMatchObject({ code: 'NO_BLOCK' });
  server.clock.now += 24 * 3_600_000;
  expect(await blockOf(ana)).toMatchObject({ firstTurn: 701, count: 20 });
});

test('[T12] only services of the branch are reserved', async () => {
  const norte = await newBranch(server, office.companyId);
  const foreign = await newOffice(server);
  for (const serviceId of [norte.services.caja, foreign.services.caja, uuidv7()]) {
    await expect(reserve(ana, [{ serviceId, count: 1 }])).rejects.toMatchObject({ code: 'NOT_FOUND' });
  }
});
