import { setTimeout as pause } from 'node:timers/promises';
import type { Act } from '../../../src/bridge/act.ts';
import type { Fact, FactName } from '../../../src/bridge/contract.ts';
import type { ErrorCode } from '../../../src/protocol/error-codes.ts';
import type { TicketId } from '../../../src/protocol/ids.ts';
import { CallRefused } from '../../../src/main/testing/test-window.ts';
import type { Chance } from './chance.ts';
import type { FaultDesk } from './fault-desk.ts';
import type { History } from './history.ts';
import type { Waits } from './waits.ts';

/** The desk went away in the middle of something. */
export class DeskGone extends Error {}

/** What agents saw in a soak, in ms. */
export interface Seen {
  /** From the wish to call a customer to the call on the agent's own screen. */
  takes: number[];
  /** From the wish to see the line to its rows. */
  lists: number[];
  /** How often what was refused. */
  refusals: Map<ErrorCode, number>;
}

const SHOWN_ROWS = 50;
const NOTED_TICKETS = 5;
/** What an agent who was not let in takes to read why, in ms: a desk refuses whoever asks without a pause. */
const READS = 300;

/**
 * An agent who looks at the screen and does what may be done next, by chance: calls, attends, notes, edits, goes to lunch,
 * signs out, with the line and without.
 */
export function createSoakAgent(
  desk: FaultDesk,
  number: number,
  chance: Chance,
  { history, seen, waits }: { history: History; seen: Seen; waits: Waits },
) {
  let notes = 0;
  const oneIn = (count: number): boolean => chance.below(count) === 0;

  const alive = <Result>(what: string, promise: Promise<Result>): Promise<Result> =>
    waits.on(
      `agent ${number} for ${what}`,
      Promise.race([
        promise,
        desk.gone().then(() => {
          throw new DeskGone();
        }),
      ]),
    );
  const unlessRefused = (error: unknown): ErrorCode => {
    if (!(error instanceof CallRefused)) throw error;
    const { code } = error.body;
    seen.refusals.set(code, (seen.refusals.get(code) ?? 0) + 1);
    return code;
  };
  const latest = <Name extends FactName>(name: Name): Fact<Name> | undefined => desk.window().latest(name);

  const act = (body: Act): Promise<'ok' | ErrorCode> =>
    alive(
      body.type,
      desk
        .window()
        .call('act', body)
        .then(() => 'ok' as const, unlessRefused),
    );

  /** Until the screen shows it, or the line is not up any more. */
  const shows = async <Name extends FactName>(name: Name, holds: (fact: Fact<Name>) => boolean): Promise<boolean> => {
    const window = desk.window();
    return alive(
      `${name} to show it`,
      Promise.race([
        window.until(name, holds).then(() => true),
        window.until('line.changed', ({ state }) => state !== 'up').then(() => false),
      ]),
    );
  };

  const note = async (ticketId: TicketId): Promise<void> => {
    notes += 1;
    const text = `note ${number}.${notes}`;
    const noted = desk.perform(history, text, ticketId, { type: 'note.add', ticketId, text });
    const end = await waits.on(`agent ${number} for note.add`, noted);
    if (end === 'unknown') throw new DeskGone();
  };

  const noteOnSomeOther = async (): Promise<void> => {
    const handled = latest('handled.changed')?.tickets.slice(0, NOTED_TICKETS) ?? [];
    if (handled.length > 0) await note(chance.pick(handled).id);
  };

  /** By hand: mostly who is next, whom others want too. */
  const callSomebody = async (): Promise<void> => {
    const askedAt = performance.now();
    const { rows } = await alive('the line', desk.window().call('waiting.window', { from: 0, to: SHOWN_ROWS }));
    seen.lists.push(performance.now() - askedAt);
    if (rows.length === 0) return;
    const { id } = (oneIn(3) ? chance.pick(rows) : rows[0]!).header;
    const wishedAt = performance.now();
    if ((await act({ type: 'ticket.call', ticketId: id })) !== 'ok') return;
    if (await shows('current.changed', ({ ticket }) => ticket?.header.id === id)) {
      seen.takes.push(performance.now() - wishedAt);
    }
  };

  const service = () => {
    const session = latest('session.changed');
    return session?.state === 'working' ? session.services[0] : undefined;
  };

  const attendNow = async (): Promise<void> => {
    const serviceId = service()?.id;
    if (!serviceId) return;
    const contact = { firstName: 'Rosa', lastName: `Peralta ${number}.${notes}` };
    const customer = oneIn(2) ? ({ type: 'none' } as const) : ({ type: 'new', contact } as const);
    await act({ type: 'ticket.attendNow', serviceId, customer });
  };

  const changeState = async (): Promise<void> => {
    const state = latest('status.changed')?.status.state;
    await act({ type: 'status.choose', state: state === 'online' ? chance.pick(['lunch', 'resting']) : 'online' });
  };

  const signOutAndIn = async (): Promise<void> => {
    await alive('session.signOut', desk.window().call('session.signOut', {}).catch(unlessRefused));
    await enter();
  };

  /** Tries until it is in: the line may go in the middle of it. */
  const enter = async (): Promise<void> => {
    while (latest('session.changed')?.state !== 'working') {
      const refused = await alive('a seat', desk.hurried(desk.enter()).catch(unlessRefused));
      if (refused) await pause(READS);
    }
  };

  const withNobody = async (): Promise<void> => {
    const status = latest('status.changed')?.status;
    if (status?.state !== 'online' && oneIn(3)) return changeState();
    if (latest('line.changed')?.state !== 'up') {
      if (oneIn(3)) return void (await alive('line.retryNow', desk.window().call('line.retryNow', {})));
      return oneIn(2) ? attendNow() : noteOnSomeOther();
    }
    if (oneIn(60)) return signOutAndIn();
    if (oneIn(30)) return changeState();
    if (oneIn(20)) return void (await act({ type: 'status.setManual', isManual: status?.isManual !== true }));
    if (oneIn(10)) return attendNow();
    return status?.isManual ? callSomebody() : noteOnSomeOther();
  };

  const withCalled = async (ticketId: TicketId): Promise<void> => {
    if (oneIn(8)) {
      const then = chance.pick(['cancel', 'requeue'] as const);
      return void (await act({ type: 'attention.noShow', ticketId, then }));
    }
    if ((await act({ type: 'attention.begin', ticketId })) !== 'ok') return;
    await shows('current.changed', ({ ticket }) => ticket?.header.state !== 'calling');
  };

  const withCustomer = async ({ ticket }: Fact<'current.changed'>): Promise<void> => {
    const ticketId = ticket!.header.id;
    const contact = ticket!.contact;
    if (oneIn(3)) return void (await act({ type: 'attention.finish', ticketId }));
    if (oneIn(6)) return void (await act({ type: 'status.chooseNext', state: chance.pick(['lunch', 'online']) }));
    if (oneIn(4)) {
      const topicIds = service()?.topics.map(({ id }) => id) ?? [];
      return void (await act({ type: 'topics.choose', ticketId, topicIds }));
    }
    if (contact && oneIn(3)) {
      const changes = { lastName: { from: contact.lastName, to: `Peralta ${number}.${notes}` } };
      return void (await act({ type: 'contact.edit', ticketId, contactId: contact.id, changes }));
    }
    return note(ticketId);
  };

  return {
    /** @throws DeskGone */
    turn: async (): Promise<void> => {
      await enter();
      const current = latest('current.changed');
      const state = current?.ticket?.header.state;
      if (current && state === 'attending') await withCustomer(current);
      else if (current?.ticket && state === 'calling') await withCalled(current.ticket.header.id);
      else await withNobody();
      // What was refused after all has been read; it was nothing that the agent wrote.
      for (const { id, act: refused, error } of latest('outbox.changed')?.refused ?? []) {
        if (refused.type === 'note.add') continue;
        seen.refusals.set(error.code, (seen.refusals.get(error.code) ?? 0) + 1);
        await alive('outbox.discard', desk.window().call('outbox.discard', { id }));
      }
    },
    enter,
  };
}

export type SoakAgent = ReturnType<typeof createSoakAgent>;
