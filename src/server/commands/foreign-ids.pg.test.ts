import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { CommandBody } from '../../protocol/commands/agent-command.ts';
import { attend, call, deliver, issue } from '../testing/deliver.ts';
import { newAgent, newBranch, newOffice, type TestAgent, type TestOffice } from '../testing/office-factory.ts';
import { openServer, type TestServer } from '../testing/open-server.ts';
import { newSecret } from '../sessions/secrets.ts';
import { createGuestLink, enterVideo } from '../video/guest-links.ts';
import { putTerms } from '../store/terms-rows.ts';
import { reserveBlocks } from './reserve-blocks.ts';

/** Ids of one place, by the field that carries them. */
type Ids = Record<
  | 'ticketId'
  | 'attentionId'
  | 'serviceId'
  | 'branchId'
  | 'contactId'
  | 'blockId'
  | 'topicIds'
  | 'termsId'
  | 'consentId'
  | 'agentId'
  | 'offerId',
  string
>;
type Body = { type: CommandBody['type'] } & Record<string, unknown>;

const customer = { type: 'none' };
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
  const agent = await newAgent(office, { main: ['caja', 'ventas', 'asesoria'] });
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
    termsId: await newTerms(office),
    consentId: '',
    agentId: '',
    offerId: '',
  };
  return { office, agent, ids };
}

/** Terms of the office's company; their id. */
async function newTerms({ companyId: of }: TestOffice): Promise<string> {
  const terms = {
    slug: uuidv7(),
    service: null,
    language: 'es',
    title: 'x',
    text: 'x',
    isRequired: false,
    position: 0,
  };
  await server.context.store.db.transaction().execute((tx) => putTerms(tx, of, terms));
  const { id } = await server.context.store.db
    .selectFrom('terms')
    .select('id')
    .where('slug', '=', terms.slug)
    .executeTakeFirstOrThrow();
  return id;
}

/** A guest whom the agent has asked; the id of that. */
async function asked(agent: TestAgent): Promise<{ quoted: Awaited<ReturnType<typeof attend>>; consentId: string }> {
  const { id } = await issue(agent.office, { service: 'asesoria', kind: 'virtual' });
  const quoted = await attend(agent, id);
  await deliver(agent, { type: 'consent.ask', ...quoted, termsId: null, title: 'x', text: 'x' });
  const row = await server.context.store.db
    .selectFrom('consent')
    .select('id')
    .where('ticket_id', '=', id)
    .executeTakeFirstOrThrow();
  return { quoted, consentId: row.id };
}

const colleagueOf = (office: TestOffice): Promise<TestAgent> =>
  newAgent(office, { firstName: 'Luis', main: ['asesoria'] });

/** A video that the agent attends, as an offer of it quotes it. */
async function attendOffered(agent: TestAgent) {
  const { services, branch } = agent.office;
  const ticketId = uuidv7();
  const made = { ticketId, branchId: branch.id, serviceId: services.asesoria, priority: 'normal', customer };
  await deliver(agent, { type: 'ticket.create', ...made });
  return { ...(await attend(agent, ticketId)), offerId: uuidv7() };
}

async function offerVideo(from: TestAgent, to: TestAgent) {
  const quoted = await attendOffered(from);
  const answer = await deliver(from, { type: 'transfer.offer', ...quoted, agentId: to.id, comment: '' });
  if (answer.status !== 'accepted') throw new Error(`not offered: ${JSON.stringify(answer)}`);
  return quoted;
}

let companyId: string;
beforeAll(async () => {
  server = await openServer();
  const office = await newOffice(server);
  companyId = office.companyId;
  const sibling = await furnish(office);
  const company = await furnish(await newOffice(server));
  for (const { agent, ids, office: place } of [sibling, company]) {
    ids.attentionId = (await attend(agent, ids.ticketId)).attentionId;
    ids.consentId = (await asked(await newAgent(place, { main: ['asesoria'] }))).consentId;
    const [from, to] = [await colleagueOf(place), await colleagueOf(place)];
    ids.agentId = to.id;
    ids.offerId = (await offerVideo(from, to)).offerId;
  }
  const nobodys = Object.fromEntries(Object.keys(sibling.ids).map((field) => [field, uuidv7()])) as unknown as Ids;
  // Customers and terms are the company's: those of a sibling branch are no strangers.
  const siblings = { ...sibling.ids, contactId: nobodys.contactId, termsId: nobodys.termsId };
  foreign = { 'another branch': siblings, 'another company': company.ids, nobody: nobodys };
});
afterAll(() => server.close());
beforeEach(async () => {
  own = await furnish(await newBranch(server, companyId));
});

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
  'mark.add': async () => {
    const { ticketId, attentionId } = await attend(own.agent, own.ids.ticketId);
    return { type: 'mark.add', ticketId, attentionId, momentMs: 0, text: 'x' };
  },
  'call.report': async () => {
    const { ticketId, attentionId } = await attend(own.agent, own.ids.ticketId);
    return { type: 'call.report', ticketId, attentionId, report: { type: 'call.interrupted' } };
  },
  'consent.ask': () => ofConsents['consent.ask'](),
  'consent.retract': () => ofConsents['consent.retract'](),
  'message.send': async () => ({ type: 'message.send', ...(await attendVideo()), text: 'x' }),
  'message.read': async () => ({ type: 'message.read', ...(await attendVideo()), upTo: 1 }),
  'transfer.offer': async () => {
    const { id: agentId } = await colleagueOf(own.office);
    return { type: 'transfer.offer', ...(await attendOffered(own.agent)), agentId, comment: '' };
  },
  'transfer.cancel': async () => ({
    type: 'transfer.cancel',
    ...(await offerVideo(own.agent, await colleagueOf(own.office))),
  }),
  'transfer.accept': async () => ({
    type: 'transfer.accept',
    ...(await offerVideo(await colleagueOf(own.office), own.agent)),
  }),
  'transfer.decline': async () => ({
    type: 'transfer.decline',
    ...(await offerVideo(await colleagueOf(own.office), own.agent)),
    reason: '',
  }),
  'guest.block': async () => {
    const quoted = await attendVideo();
    const { id, deviceId, sessionId } = own.agent;
    const session = { agentId: id, companyId: own.office.companyId, deviceId, id: sessionId };
    const { url } = await createGuestLink(server.context, session, quoted.ticketId);
    await enterVideo(server.context, url.split('#')[1]!, newSecret());
    return { type: 'guest.block', ...quoted, reason: 'other', comment: '' };
  },
};

const ofConsents: Pick<typeof commands, 'consent.ask' | 'consent.retract'> = {
  'consent.ask': async () => {
    const { id } = await issue(own.office, { service: 'asesoria', kind: 'virtual' });
    const quoted = await attend(own.agent, id);
    return { type: 'consent.ask', ...quoted, termsId: own.ids.termsId, title: 'x', text: 'x' };
  },
  'consent.retract': async () => {
    const { quoted, consentId } = await asked(own.agent);
    return { type: 'consent.retract', ...quoted, consentId };
  },
};

async function attendVideo() {
  const { id } = await issue(own.office, { service: 'asesoria', kind: 'virtual' });
  return attend(own.agent, id);
}

/** The body once for each of its ids, with that one swapped. Ids that the command itself gives are not asked for here. */
function swapped(body: Body, ids: Ids): { field: string; body: Body }[] {
  const names: string[] =
    body.type === 'ticket.create' || body.type === 'ticket.attendNow' ? ['ticketId', 'attentionId'] : [];
  if (body.type === 'ticket.call') names.push('attentionId');
  if (body.type === 'transfer.offer') names.push('offerId');
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
