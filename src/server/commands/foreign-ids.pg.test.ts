import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { CommandBody } from '../../protocol/commands/agent-command.ts';
import { attend, call, deliver } from '../testing/deliver.ts';
import { newAgent, newBranch, newOffice, type TestAgent, type TestOffice } from '../testing/office-factory.ts';
import { openServer, type TestServer } from '../testing/open-server.ts';
import { reserveBlocks } from './reserve-blocks.ts';

/** Ids of one place, by the field that carries them. */
type Ids = Record<'ticketId' | 'attentionId' | 'serviceId' | 'branchId' | 'contactId' | 'blockId' | 'topicIds', string>;
type Body = { type: CommandBody['type'] } & Record<string, unknown>;

const olga = { documentType: 'CC', documentNumber: '1020304050', firstName: 'Olga' };

let server: TestServer;
let own: Place;
let foreign: { [place: string]: Ids };

interface Place {
  office: TestOffice;
  agent: TestAgent;
  ids: Ids;
}

async function furnish(office: TestOffice): Promise<Place> {
  const agent = await newAgent(office, { main: ['caja', 'ventas'] });
  const contactId = uuidv7();
  const ticketId = uuidv7();
  const contact = { ...olga, documentNumber: String(Math.floor(Math.random() * 1e12)) };
  await deliver(agent, {
    type: 'ticket.create',
    ticketId,
    branchId: office.branch.id,
    serviceId: office.services.caja,
    priority: 'normal',
    customer: { type: 'new', contactId, contact },
  });
  const [block] = await reserveBlocks(
    server.context,
    { deviceId: agent.deviceId, companyId: office.companyId, branchId: office.branch.id },
    { services: [{ serviceId: office.services.caja as never, count: 20 }] },
  );
  const ids = {
    ticketId,
    attentionId: '',
    serviceId: office.services.ventas,
    branchId: office.branch.id,
    contactId,
    blockId: block!.id,
    topicIds: office.topics.caja,
  };
  return { office, agent, ids };
}

let companyId: string;
beforeAll(async () => {
  server = await openServer();
  const office = await newOffice(server);
  companyId = office.companyId;
  const sibling = await furnish(office);
  const company = await furnish(await newOffice(server));
  for (const { agent, ids } of [sibling, company]) ids.attentionId = (await attend(agent, ids.ticketId)).attentionId;
  const nobodys = Object.fromEntries(Object.keys(sibling.ids).map((field) => [field, uuidv7()])) as unknown as Ids;
  // A customer is the company's: one of a sibling branch is no stranger.
  const siblings = { ...sibling.ids, contactId: nobodys.contactId };
  foreign = { 'another branch': siblings, 'another company': company.ids, nobody: nobodys };
});
afterAll(() => server.close());
beforeEach(async () => {
  own = await furnish(await newBranch(server, companyId));
});

const customer = { type: 'none' };

/** Makes what the command needs and gives one that is accepted as it stands. */
const commands: { [Type in CommandBody['type']]: () => Promise<Body> | Body } = {
  'status.choose': () => ({ type: 'status.choose', state: 'lunch', cause: 'agent' }),
  'status.chooseNext': () => ({ type: 'status.chooseNext', state: 'lunch' }),
  'status.setManual': () => ({ type: 'status.setManual', isManual: true }),
  'ticket.create': () => ({
    type: 'ticket.create',
    ticketId: uuidv7(),
    branchId: own.ids.branchId,
    serviceId: own.ids.serviceId,
    priority: 'normal',
    customer: { type: 'existing', contactId: own.ids.contactId },
  }),
  'ticket.attendNow': async () => {
    const [block] = await reserveBlocks(
      server.context,
      { deviceId: own.agent.deviceId, companyId: own.office.companyId, branchId: own.ids.branchId },
      { services: [{ serviceId: own.office.services.caja as never, count: 20 }] },
    );
    const { id: blockId, firstNumber: number, firstTurn: turn, serviceId } = block!;
    return {
      type: 'ticket.attendNow',
      ticketId: uuidv7(),
      attentionId: uuidv7(),
      serviceId,
      customer,
      blockId,
      number,
      turn,
    };
  },
  'ticket.call': () => ({ type: 'ticket.call', ticketId: own.ids.ticketId, attentionId: uuidv7() }),
  'ticket.transfer': () => ({
    type: 'ticket.transfer',
    ticketId: own.ids.ticketId,
    serviceId: own.ids.serviceId,
    comment: '',
  }),
  'ticket.requeue': () => ({ type: 'ticket.requeue', ticketId: own.ids.ticketId }),
  'ticket.cancel': () => ({ type: 'ticket.cancel', ticketId: own.ids.ticketId }),
  'ticket.free': async () => {
    const holder = await newAgent(own.office);
    const { attentionId } = await call(holder, own.ids.ticketId);
    await server.context.store.db
      .updateTable('agent')
      .set({ role: 'supervisor' })
      .where('id', '=', own.agent.id)
      .execute();
    return { type: 'ticket.free', ticketId: own.ids.ticketId, attentionId, reason: 'x' };
  },
  'attention.acknowledge': async () => ({
    type: 'attention.acknowledge',
    ...(await call(own.agent, own.ids.ticketId)),
  }),
  'attention.touch': async () => ({ type: 'attention.touch', ...(await call(own.agent, own.ids.ticketId)) }),
  'attention.begin': async () => ({ type: 'attention.begin', ...(await call(own.agent, own.ids.ticketId)) }),
  'attention.recall': async () => {
    const quoted = await call(own.agent, own.ids.ticketId);
    server.clock.now += 15_000;
    return { type: 'attention.recall', ...quoted };
  },
  'attention.noShow': async () => ({
    type: 'attention.noShow',
    ...(await call(own.agent, own.ids.ticketId)),
    then: 'cancel',
  }),
  'attention.finish': async () => ({ type: 'attention.finish', ...(await attend(own.agent, own.ids.ticketId)) }),
  'attention.transfer': async () => ({
    type: 'attention.transfer',
    ...(await attend(own.agent, own.ids.ticketId)),
    serviceId: own.ids.serviceId,
    comment: '',
  }),
  'note.add': () => ({ type: 'note.add', ticketId: own.ids.ticketId, text: 'x' }),
  'topics.choose': () => ({ type: 'topics.choose', ticketId: own.ids.ticketId, topicIds: [own.ids.topicIds] }),
  'contact.edit': () => ({
    type: 'contact.edit',
    contactId: own.ids.contactId,
    ticketId: own.ids.ticketId,
    changes: { firstName: { from: 'Olga', to: 'Olguita' } },
  }),
  'contact.link': () => ({
    type: 'contact.link',
    ticketId: own.ids.ticketId,
    customer: { type: 'existing', contactId: own.ids.contactId },
  }),
};

/** The body once for each of its ids, with that one swapped. Ids that the command itself gives are not asked for here. */
function swapped(body: Body, ids: Ids): { field: string; body: Body }[] {
  const names: string[] =
    body.type === 'ticket.create' || body.type === 'ticket.attendNow' ? ['ticketId', 'attentionId'] : [];
  if (body.type === 'ticket.call') names.push('attentionId');
  const bodies = Object.entries(ids)
    .filter(([field]) => field in body && !names.includes(field))
    .map(([field, id]) => ({ field, body: { ...body, [field]: field === 'topicIds' ? [id] : id } }));
  const { type, contactId } = (body['customer'] ?? {}) as { type?: string; contactId?: string };
  if (contactId)
    bodies.push({ field: 'customer.contactId', body: { ...body, customer: { type, contactId: ids.contactId } } });
  return bodies;
}

describe.each(Object.keys(commands) as CommandBody['type'][])('%s', (type) => {
  test('[T12] an id of another company, of another branch or of nobody is not found', async () => {
    const body = await commands[type]();
    for (const [place, ids] of Object.entries(foreign)) {
      for (const swap of swapped(body, ids)) {
        const result = await deliver(own.agent, swap.body as never);
        // Of an attention the answer is always the same: it is not the one that holds the ticket.
        const isOfSupervisor = type === 'ticket.free' && place === 'another branch';
        const code = swap.field === 'attentionId' || isOfSupervisor ? 'STALE_EPOCH' : 'NOT_FOUND';
        const swapping = `${swap.field} of ${place}`;
        expect({ swapping, ...result }).toMatchObject({ swapping, status: 'refused', error: { code } });
      }
    }
    expect(await deliver(own.agent, body as never)).toMatchObject({ status: 'accepted' });
  });
});

test('[T12] every id that a command can carry is among those swapped above', () => {
  const carried = CommandBody.options.flatMap((option) =>
    Object.keys(option.shape).filter((name) => /Ids?$/.test(name)),
  );
  expect([...new Set(carried)].toSorted()).toEqual(Object.keys(own.ids).toSorted());
});

test('[T12] names and ids of one company are never said on the streams of another', async () => {
  const others = Object.values(foreign).flatMap((ids) => Object.values(ids));
  await call(own.agent, own.ids.ticketId);
  const { rows } = await server.context.store.pool.query<{ body: object }>(
    'SELECT body FROM change WHERE stream = ANY ($1)',
    [[`branch:${own.ids.branchId}`, `agent:${own.agent.id}`]],
  );
  const said = JSON.stringify(rows);
  expect(rows.length).toBeGreaterThan(0);
  for (const id of others.filter((id) => id !== '')) expect(said).not.toContain(id);
});
