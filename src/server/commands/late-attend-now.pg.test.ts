import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { NumberBlock } from '../../protocol/number-block.ts';
import { runWork } from '../changes/work.ts';
import { returnCall } from '../dispatch/return-call.ts';
import { readSessionAndDevice } from '../store/session-rows.ts';
import type { Writer } from '../store/database.ts';
import { setDue } from '../store/due-rows.ts';
import { heldBy, lockTicket } from '../store/ticket-rows.ts';
import { takeSeat } from '../sessions/take-seat.ts';
import { attend, call, deliver, headerOf, issue, quoteOf } from '../testing/deliver.ts';
import {
  newAgent,
  newBranch,
  newOffice,
  takeModule,
  type TestAgent,
  type TestOffice,
} from '../testing/office-factory.ts';
import { changesOf, NINE, openServer, someoneWaits, type TestServer } from '../testing/open-server.ts';
import { sitElsewhere } from '../testing/sit-elsewhere.ts';
import { reserveBlocks } from './reserve-blocks.ts';

const MINUTE = 60_000;

let server: TestServer;
let office: TestOffice;
/** Ana at "Módulo 1", whose line is about to drop. */
let ana: TestAgent;
let block: NumberBlock;
beforeAll(async () => {
  server = await openServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  server.clock.now = NINE;
  office = await newOffice(server);
  ana = await newAgent(office);
  block = await reserve(ana);
});

const reserve = async (agent: TestAgent): Promise<NumberBlock> => {
  const seat = { deviceId: agent.deviceId, companyId: office.companyId, branchId: office.branch.id };
  const services = [{ serviceId: office.services.caja as NumberBlock['serviceId'], count: 20 }];
  return (await reserveBlocks(server.context, seat, { services }))[0]!;
};
/** The same session at the next free module. */
const move = async (agent: TestAgent): Promise<void> => {
  const { token_hash } = await server.context.store.db
    .selectFrom('session')
    .select('token_hash')
    .where('id', '=', agent.sessionId)
    .executeTakeFirstOrThrow();
  const { session } = await readSessionAndDevice(server.context.store.db, { tokenHash: token_hash, deviceId: null });
  const seat = { branchId: office.branch.id, moduleId: takeModule(office) } as Parameters<typeof takeSeat>[2];
  await takeSeat(server.context, session!, seat);
};
const at = (minutes: number): number => (server.clock.now = NINE + minutes * MINUTE);
const refused = (code: string, field: string) => ({ status: 'refused', error: { code, field } });
const attendNow = (place = 0) =>
  ({
    type: 'ticket.attendNow',
    ticketId: uuidv7(),
    attentionId: uuidv7(),
    serviceId: office.services.caja,
    customer: { type: 'none' },
    blockId: block.id,
    number: block.firstNumber + place,
    turn: block.firstTurn + place,
  }) as const;
const finishOf = ({ ticketId, attentionId }: ReturnType<typeof attendNow>) =>
  ({ type: 'attention.finish', ticketId, attentionId, epoch: 1 }) as const;
const inHand = async () => (await heldBy(server.context.store.db, ana.id))?.id ?? null;
const linesOf = async (ticketId: string) =>
  (
    await server.context.store.db
      .selectFrom('event')
      .select('fact')
      .where('ticket_id', '=', ticketId)
      .orderBy('position')
      .execute()
  ).map(({ fact }) => fact);
const moduleOf = async ({ attentionId }: ReturnType<typeof attendNow>) => {
  const attention = server.context.store.db.selectFrom('attention').select('module_id').where('id', '=', attentionId);
  return (await attention.executeTakeFirstOrThrow()).module_id;
};
const isAttended = (moduleName: string) => ({ type: 'ticket.attended', moduleName });

test('[S2-20] [R6] [OC2] a late “Atender ahora” has the seat and the hour at which it was made', async () => {
  at(10);
  await sitElsewhere(ana);
  at(20);
  const body = attendNow();
  const occurredAt = NINE + 5 * MINUTE;
  expect(await deliver(ana, body, { occurredAt })).toMatchObject({ status: 'accepted' });
  expect(await headerOf(office, body.ticketId)).toMatchObject({
    state: 'attending',
    createdAt: occurredAt,
    attendingSince: occurredAt,
    holder: { agentId: ana.id, moduleId: ana.moduleId },
  });
  expect((await linesOf(body.ticketId))[1]).toEqual(isAttended('Módulo 1'));
});

test('[S2-20] [OC2] a session that has moved: the seat is that of the hour', async () => {
  const there = await sitElsewhere(ana);
  block = await reserve(there);
  at(10);
  await move(there);
  at(20);
  const earlier = attendNow(0);
  await deliver(there, earlier, { occurredAt: NINE + 5 * MINUTE });
  await deliver(there, finishOf(earlier), { occurredAt: NINE + 6 * MINUTE });
  const later = attendNow(1);
  await deliver(there, later, { occurredAt: NINE + 15 * MINUTE });
  expect((await linesOf(earlier.ticketId))[1]).toEqual(isAttended('Módulo 2'));
  expect((await linesOf(later.ticketId))[1]).toEqual(isAttended('Módulo 3'));
});

test('[S2-20] [OC2] an hour that is not believed, and an act that needs the line, have the seat of now', async () => {
  const there = await sitElsewhere(ana);
  block = await reserve(there);
  at(10);
  await move(there);
  at(20);
  const { id: ticketId } = await issue(office);
  const calling = { type: 'ticket.call', ticketId, attentionId: uuidv7() } as const;
  await deliver(there, calling, { occurredAt: NINE + 5 * MINUTE });
  expect((await linesOf(ticketId))[1]).toMatchObject({ type: 'ticket.called', moduleName: 'Módulo 3' });
  await deliver(there, { type: 'attention.noShow', ...quoteOf(await headerOf(office, ticketId)), then: 'cancel' });
  const body = attendNow();
  await deliver(there, body, { occurredAt: NINE - MINUTE });
  expect((await linesOf(body.ticketId))[1]).toEqual(isAttended('Módulo 3'));
});

test.each(['called', 'attended'] as const)(
  '[S2-20] [R6] [TK12] made and finished at one desk, it is kept with its outcome while a ticket is %s at the next',
  async (how) => {
    at(10);
    const there = await sitElsewhere(ana);
    const { id } = await issue(office);
    await (how === 'called' ? call(there, id) : attend(there, id));
    await deliver(there, { type: 'status.chooseNext', state: 'lunch' });
    at(20);
    for (const place of [0, 1]) {
      const body = attendNow(place);
      const occurredAt = NINE + (place + 3) * MINUTE;
      expect(await deliver(ana, body, { occurredAt })).toMatchObject({ status: 'accepted' });
      expect(await headerOf(office, body.ticketId)).toMatchObject({ state: 'paused', holder: { agentId: ana.id } });
      expect(await inHand()).toBe(id);
      const closedAt = occurredAt + 30_000;
      expect(await deliver(ana, finishOf(body), { occurredAt: closedAt })).toMatchObject({ status: 'accepted' });
      expect(await headerOf(office, body.ticketId)).toMatchObject({
        state: 'closed',
        outcome: 'finished',
        attendingSince: occurredAt,
        closedAt,
      });
      const attention = await server.context.store.db
        .selectFrom('attention')
        .select(['module_id', 'begun_at', 'ended_at', 'outcome'])
        .where('id', '=', body.attentionId)
        .executeTakeFirst();
      expect(attention).toEqual({
        module_id: ana.moduleId,
        begun_at: new Date(occurredAt),
        ended_at: new Date(closedAt),
        outcome: 'finished',
      });
    }
    expect(await inHand()).toBe(id);
    const status = (await changesOf(server, `agent:${ana.id}`)).map(({ body }) => body).findLast(isStatus);
    expect(status).toMatchObject({ status: { state: 'offline', nextState: 'lunch' } });
  },
);
const isStatus = ({ type }: { type: string }): boolean => type === 'status.put';

test('[S2-20] [TK12] what was not finished comes into hand, at the new desk, once the hand is free; the oldest first', async () => {
  at(10);
  const there = await sitElsewhere(ana);
  const held = await attend(there, (await issue(office)).id);
  at(20);
  const second = attendNow();
  // Made before, with a number of a block that was reserved later.
  block = await reserve(ana);
  const first = attendNow();
  expect(first.number).toBeGreaterThan(second.number);
  await deliver(ana, first, { occurredAt: NINE + 3 * MINUTE });
  await deliver(ana, second, { occurredAt: NINE + 4 * MINUTE });
  expect(await moduleOf(first)).toBe(ana.moduleId);
  expect(await inHand()).toBe(held.ticketId);
  await deliver(there, { type: 'attention.finish', ...held });
  expect(await inHand()).toBe(first.ticketId);
  const header = await headerOf(office, first.ticketId);
  expect(header).toMatchObject({ attendingSince: NINE + 3 * MINUTE, holder: { moduleId: there.moduleId, epoch: 1 } });
  expect(await moduleOf(first)).toBe(there.moduleId);
  expect((await linesOf(first.ticketId)).slice(1)).toEqual([isAttended('Módulo 1'), isAttended('Módulo 2')]);
  expect(await deliver(there, { type: 'attention.finish', ...quoteOf(header) })).toMatchObject({ status: 'accepted' });
  expect(await inHand()).toBe(second.ticketId);
});

test.each(['finished', 'returned'] as const)(
  '[R17] a ticket that is taken up is locked before the due time of the one that was %s',
  async (how) => {
    const { context } = server;
    at(10);
    const there = await sitElsewhere(ana);
    const { id } = await issue(office);
    const held = await (how === 'finished' ? attend(there, id) : call(there, id));
    at(20);
    const aside = attendNow();
    await deliver(ana, aside, { occurredAt: NINE + 3 * MINUTE });
    const due = { kind: 'noAnswer', subjectId: held.attentionId, branchId: office.branch.id } as const;
    const clocks = (from: Writer) => from.selectFrom('due').select('kind').where('subject_id', '=', held.attentionId);
    await context.store.db.transaction().execute((tx) => setDue(tx, due, server.clock.now));
    const ending = await context.store.db.transaction().execute(async (tx) => {
      await lockTicket(tx, office.companyId, aside.ticketId);
      const end =
        how === 'finished'
          ? deliver(there, { type: 'attention.finish', ...held })
          : runWork(context, (work) => returnCall(work, held.attentionId, 'noAnswer', { due: 'noAnswer' }));
      await someoneWaits(server);
      expect(await clocks(tx).forUpdate().noWait().execute()).toEqual([{ kind: 'noAnswer' }]);
      return [end];
    });
    await Promise.all(ending);
    expect(await inHand()).toBe(aside.ticketId);
    expect(await context.store.db.transaction().execute((tx) => clocks(tx).execute())).toEqual([]);
  },
);

test('[S2-20] [TK12] in another branch nothing comes into hand that cannot be seen there, until the agent is back', async () => {
  const norte = await newBranch(server, office.companyId);
  await server.context.store.db
    .insertInto('agent_branch')
    .values({ agent_id: ana.id, branch_id: norte.branch.id, is_home: false })
    .execute();
  at(10);
  await sitElsewhere(ana, norte);
  at(20);
  const body = attendNow();
  expect(await deliver(ana, body, { occurredAt: NINE + 3 * MINUTE })).toMatchObject({ status: 'accepted' });
  expect(await headerOf(office, body.ticketId)).toMatchObject({ state: 'paused', branchId: office.branch.id });
  expect(await inHand()).toBeNull();
  at(30);
  const back = await sitElsewhere(ana);
  expect(await inHand()).toBe(body.ticketId);
  expect(await headerOf(office, body.ticketId)).toMatchObject({ holder: { moduleId: back.moduleId } });
});

test('[TK12] whoever signs out while a call rings takes nothing up', async () => {
  at(10);
  const there = await sitElsewhere(ana);
  const { ticketId } = await call(there, (await issue(office)).id);
  at(20);
  const body = attendNow();
  await deliver(ana, body, { occurredAt: NINE + 3 * MINUTE });
  at(13 * 60);
  const luis = await newAgent(office, { firstName: 'Luis' });
  await sitElsewhere(luis);
  expect(await headerOf(office, ticketId)).toMatchObject({ state: 'waiting' });
  expect(await headerOf(office, body.ticketId)).toMatchObject({ state: 'paused' });
});

test('[TK12] a supervisor frees what was laid aside; its late finish is superseded', async () => {
  at(10);
  const there = await sitElsewhere(ana);
  const held = await attend(there, (await issue(office)).id);
  const sofia = await newAgent(office, { firstName: 'Sofía', role: 'supervisor' });
  const body = attendNow();
  at(20);
  await deliver(ana, body, { occurredAt: NINE + 3 * MINUTE });
  const { ticketId, attentionId } = body;
  const free = { type: 'ticket.free', ticketId, attentionId, reason: 'Nadie la atiende' } as const;
  expect(await deliver(sofia, free)).toMatchObject({ status: 'accepted' });
  expect(await headerOf(office, ticketId)).toMatchObject({ state: 'waiting', holder: null });
  expect(await inHand()).toBe(held.ticketId);
  const late = await deliver(ana, finishOf(body), { occurredAt: NINE + 4 * MINUTE });
  expect(late.status).toBe('superseded');
});

test('[T12] [OC2] a session of another agent, another desk or nobody does not exist, and leaves the id free', async () => {
  const luis = await newAgent(office, { firstName: 'Luis' });
  const there = await sitElsewhere(ana);
  const body = attendNow();
  const id = uuidv7();
  const occurredAt = NINE;
  for (const sessionId of [luis.sessionId, there.sessionId, uuidv7()]) {
    const answer = await deliver(ana, body, { id, sessionId, occurredAt });
    expect(answer).toMatchObject(refused('NOT_FOUND', 'sessionId'));
  }
  expect(await deliver(ana, body, { id, occurredAt })).toMatchObject({ status: 'accepted' });
});

test('[T12] [OC2] nothing is attended in a branch where the session did not sit', async () => {
  const norte = await newBranch(server, office.companyId);
  await server.context.store.db
    .insertInto('agent_branch')
    .values({ agent_id: ana.id, branch_id: norte.branch.id, is_home: false })
    .execute();
  const body = { ...attendNow(), serviceId: norte.services.caja };
  expect(await deliver(ana, body, { occurredAt: NINE })).toMatchObject(refused('NOT_FOUND', 'serviceId'));
});
