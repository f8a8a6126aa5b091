import { join } from 'node:path';
import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { afterEach, expect, inject, test } from 'vitest';
import { Act, type ActType } from '../../src/bridge/act.ts';
import { CallRefused } from '../../src/main/testing/test-window.ts';
import type {
  AgentId,
  AttentionId,
  ConsentId,
  CommandId,
  ContactId,
  OfferId,
  ServiceId,
  TicketId,
  TopicId,
} from '../../src/protocol/ids.ts';
import type { TicketHeader } from '../../src/protocol/ticket.ts';
import { issueTicket } from './support/agent-client.ts';
import { converged, keyOf } from './support/branch-view.ts';
import { amount, chanceOfTest } from './support/chance.ts';
import { layChaosWire } from './support/chaos-wire.ts';
import { checkOffline, type OfflineAct } from './support/check-offline.ts';
import { openFaultDesk, type FaultDesk } from './support/fault-desk.ts';
import { openFaultOffice } from './support/fault-office.ts';

const closes: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closes.splice(0).toReversed()) await close();
});

/** What a day without the line is about. */
interface Scene {
  /** In hand, in the line, in the line for a video, unknown. */
  tickets: TicketId[];
  videos: ReadonlySet<TicketId>;
  counter: ServiceId;
  video: ServiceId;
  contactId: ContactId;
}

/** An act before it is known about whom. `correction`: done in place of something that was refused. */
interface Step {
  type: ActType;
  ticket: number;
  isVideo: boolean;
  isCorrection: boolean;
}

/** A desk without the line, as far as its agent sees it. */
interface OfflineDesk {
  /** In hand now, with its state. */
  inHand: () => Pick<TicketHeader, 'id' | 'state'> | null;
  /** Gives the code of a refusal. */
  perform: (act: Act, isCorrection: boolean) => Promise<string | null>;
  pending: () => Promise<Act[]>;
  restart: () => Promise<void>;
}

const hands = ['nobody', 'calling', 'counter', 'video'] as const;

// Every act that there is: one that is new is thought to need the line until `check-offline.ts` says otherwise.
const stepOf: fc.Arbitrary<Step> = fc.record({
  type: fc.constantFrom(...Act.options.map((option) => option.shape.type.value)),
  ticket: fc.nat({ max: 3 }),
  isVideo: fc.boolean(),
  isCorrection: fc.boolean(),
});
const dayOf = fc.record({
  hand: fc.constantFrom(...hands),
  steps: fc.array(stepOf, { minLength: 1, maxLength: 40, size: 'max' }),
  restartAt: fc.nat({ max: 60 }),
});

function actOf({ type, ticket, isVideo }: Step, { tickets, counter, video, contactId }: Scene): Act {
  const ticketId = tickets[ticket]!;
  const serviceId = isVideo ? video : counter;
  const text = uuidv7();
  switch (type) {
    case 'status.choose':
    case 'status.chooseNext':
      return { type, state: isVideo ? 'lunch' : 'online' };
    case 'status.setManual':
      return { type, isManual: true };
    case 'ticket.create':
      return { type, serviceId, priority: 'normal', customer: { type: 'none' } };
    case 'ticket.attendNow':
      return { type, serviceId, customer: { type: 'none' } };
    case 'ticket.transfer':
    case 'attention.transfer':
      return { type, ticketId, serviceId, comment: text };
    case 'ticket.free':
      return { type, ticketId, attentionId: uuidv7() as AttentionId, reason: text };
    case 'attention.noShow':
      return { type, ticketId, then: isVideo ? 'cancel' : 'requeue' };
    case 'note.add':
    case 'message.send':
      return { type, ticketId, text };
    case 'consent.ask':
      return { type, ticketId, termsId: null, title: text, text };
    case 'consent.retract':
      return { type, ticketId, consentId: uuidv7() as ConsentId };
    case 'mark.add':
      return { type, ticketId, attentionId: uuidv7() as AttentionId, momentMs: 1_000, text };
    case 'call.report':
      return { type, ticketId, attentionId: uuidv7() as AttentionId, report: { type: 'call.interrupted' } };
    case 'topics.choose':
      return { type, ticketId, topicIds: [uuidv7() as TopicId] };
    case 'contact.edit':
      return { type, ticketId, contactId, changes: { lastName: { from: null, to: text } } };
    case 'contact.link':
      return { type, ticketId, customer: { type: 'new', contact: { firstName: text } } };
    case 'transfer.offer':
      return { type, ticketId, agentId: uuidv7() as AgentId, comment: text };
    case 'transfer.cancel':
    case 'transfer.accept':
      return { type, ticketId, offerId: uuidv7() as OfferId };
    case 'transfer.decline':
      return { type, ticketId, offerId: uuidv7() as OfferId, reason: text };
    case 'guest.block':
      return { type, ticketId, reason: 'other', comment: text };
    default:
      return { type, ticketId };
  }
}

/** Whether nothing but the line can stand against it. */
function isOpen(act: Act, { tickets }: Scene, inHand: ReturnType<OfflineDesk['inHand']>): boolean {
  const isKnown = !('ticketId' in act) || tickets.indexOf(act.ticketId) < tickets.length - 1;
  if (act.type === 'attention.finish') return inHand?.id === act.ticketId && inHand.state === 'attending';
  // A desk has so many numbers.
  return isKnown && act.type !== 'ticket.attendNow';
}

/** Lives through the acts of a day, and says what was not as it may be. */
async function live(steps: readonly Step[], restartAt: number, scene: Scene, desk: OfflineDesk): Promise<string[]> {
  const done: OfflineAct[] = [];
  for (const [index, step] of steps.entries()) {
    if (index === restartAt) await desk.restart();
    const act = actOf(step, scene);
    const canBeDone = isOpen(act, scene, desk.inHand());
    const isVideo = act.type === 'attention.finish' ? scene.videos.has(act.ticketId) : step.isVideo;
    const refusal = await desk.perform(act, step.isCorrection);
    done.push({ act, isVideo, isOpen: canBeDone, refusal });
  }
  return checkOffline(done, await desk.pending());
}

test('[R2] whatever an agent tries without the line: only what may wait is in the outbox, and nobody is claimed, moved or attended otherwise', async () => {
  chanceOfTest();
  const office = await openFaultOffice({ agents: 1, servers: 1 });
  closes.push(office.close);
  const { url } = office.servers[0]!;
  const wire = await layChaosWire(url);
  closes.push(wire.close);
  const desk = await openFaultDesk({ serverUrl: wire.url, dataFolder: join(office.folder, 'desk'), number: 1 });
  closes.push(() => desk.kill('SIGTERM'));
  await desk.enter();
  await desk.lineUp();
  await desk.window().call('act', { type: 'status.setManual', isManual: true });
  await desk.delivered();
  const session = await desk.window().until('session.changed', ({ state }) => state === 'working');
  if (session.state !== 'working') throw new Error('nobody works');
  const serviceOf = (kind: 'counter' | 'video'): ServiceId => session.services.find((each) => each.kind === kind)!.id;
  const issue = async (service: 'caja' | 'asesoria'): Promise<TicketId> => {
    const kind = service === 'asesoria' ? 'virtual' : 'turn';
    return (await issueTicket(url, uuidv7(), { service, kind })).id;
  };

  await fc.assert(
    fc.asyncProperty(dayOf, async ({ hand, steps, restartAt }) => {
      await letGo(desk);
      const ticketId = await issue(hand === 'video' ? 'asesoria' : 'caja');
      const inLine = [await issue('caja'), await issue('asesoria')];
      await converged(desk, office);
      if (hand !== 'nobody') await take(desk, ticketId, hand !== 'calling');
      const refused = await refuseOne(desk, inLine[0]!);
      const untouched = async (): Promise<string[]> => {
        const of = hand === 'nobody' ? [ticketId, ...inLine] : inLine;
        const rows = await office.store.db.selectFrom('ticket').select('header').where('id', 'in', of).execute();
        return rows.map(({ header }) => `${header.serviceId} ${keyOf(header)}`).toSorted();
      };
      const before = await untouched();
      wire.cut();
      await desk.window().until('line.changed', ({ state }) => state === 'down');
      const scene: Scene = {
        tickets: [ticketId, ...inLine, uuidv7() as TicketId],
        videos: new Set([inLine[1]!, ...(hand === 'video' ? [ticketId] : [])]),
        counter: serviceOf('counter'),
        video: serviceOf('video'),
        contactId: uuidv7() as ContactId,
      };
      expect(await live(steps, restartAt, scene, offlineDesk(desk, refused))).toEqual([]);
      wire.mend();
      await desk.lineUp();
      await desk.hurried(desk.delivered());
      // What was only ever tried has left no trace.
      expect(await untouched()).toEqual(before);
      await converged(desk, office);
    }),
    { seed: inject('faultsSeed'), numRuns: amount(2, 15), endOnFailure: true },
  );
  const strangers = await office.store.db.selectFrom('ticket').select('origin').execute();
  expect(strangers.filter(({ origin }) => origin === 'agent')).toEqual([]);
});

test('[R2] twin: a desk that keeps whatever it is told until the line is back is found out', async () => {
  const tickets = [1, 2, 3, 4].map(() => uuidv7() as TicketId);
  const scene: Scene = {
    tickets,
    videos: new Set([tickets[2]!]),
    counter: uuidv7() as ServiceId,
    video: uuidv7() as ServiceId,
    contactId: uuidv7() as ContactId,
  };
  const { failed, errorInstance } = await fc.check(
    fc.asyncProperty(dayOf, async ({ steps, restartAt }) => {
      const outbox: Act[] = [];
      const naive: OfflineDesk = {
        inHand: () => null,
        perform: (act) => {
          outbox.push(act);
          return Promise.resolve(null);
        },
        pending: () => Promise.resolve(outbox),
        restart: () => Promise.resolve(),
      };
      const found = await live(steps, restartAt, scene, naive);
      if (found.length > 0) throw new Error(found.join('\n'));
    }),
    { seed: inject('faultsSeed') },
  );
  expect(failed).toBe(true);
  expect(String(errorInstance)).toMatch(/accepted: \S+, which needs the line\nqueued: /);
});

/** Whoever is in hand goes, with the line. */
async function letGo(desk: FaultDesk): Promise<void> {
  const { ticket } = await desk.window().until('current.changed', () => true);
  if (!ticket) return;
  const { id: ticketId, state } = ticket.header;
  if (state === 'calling') await desk.window().call('act', { type: 'attention.noShow', ticketId, then: 'cancel' });
  else await desk.window().call('act', { type: 'attention.finish', ticketId });
  await desk.window().until('current.changed', (fact) => fact.ticket === null);
  await desk.delivered();
}

async function take(desk: FaultDesk, ticketId: TicketId, isBegun: boolean): Promise<void> {
  const window = desk.window();
  await window.call('act', { type: 'ticket.call', ticketId });
  await window.until('current.changed', ({ ticket }) => ticket?.header.state === 'calling');
  if (!isBegun) return;
  await window.call('act', { type: 'attention.begin', ticketId });
  await window.until('current.changed', ({ ticket }) => ticket?.header.state === 'attending');
}

/** Something that the server refuses, so that there is something to correct. */
async function refuseOne(desk: FaultDesk, ticketId: TicketId): Promise<CommandId> {
  const topic = uuidv7() as TopicId;
  await desk.window().call('act', { type: 'topics.choose', ticketId, topicIds: [topic] });
  const isIt = (act: Act): boolean => act.type === 'topics.choose' && act.topicIds[0] === topic;
  const { refused } = await desk.window().until('outbox.changed', (fact) => fact.refused.some(({ act }) => isIt(act)));
  return refused.find(({ act }) => isIt(act))!.id;
}

/** A window may make 60 calls at once: more than anybody types, fewer than this script makes in a day. */
const ACTS_OF_A_WINDOW = 40;

function offlineDesk(desk: FaultDesk, refused: CommandId): OfflineDesk {
  let wrong: CommandId | null = refused;
  let acts = 0;
  const known = async (): Promise<void> => {
    await desk.window().until('current.changed', () => true);
    await desk.window().until('outbox.changed', () => true);
  };
  return {
    inHand: () => desk.window().latest('current.changed')?.ticket?.header ?? null,
    perform: async (act, isCorrection) => {
      if (acts % ACTS_OF_A_WINDOW === 0) {
        await desk.reload();
        await known();
      }
      acts += 1;
      const isInPlace = isCorrection && wrong !== null;
      try {
        if (isInPlace) await desk.window().call('outbox.replace', { ids: [wrong!], act });
        else await desk.window().call('act', act);
        if (isInPlace) wrong = null;
        return null;
      } catch (error) {
        if (!(error instanceof CallRefused)) throw error;
        return error.body.code;
      }
    },
    pending: async () => {
      const { pending } = await desk.window().until('outbox.changed', () => true);
      return pending.map(({ act }) => act);
    },
    restart: async () => {
      await desk.kill();
      await desk.start();
      await desk.enter();
      await known();
    },
  };
}
