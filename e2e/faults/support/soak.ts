import { EventEmitter } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { insist, issueTicket } from './agent-client.ts';
import { converged } from './branch-view.ts';
import { layChaosWire, type ChaosWire } from './chaos-wire.ts';
import type { Chance } from './chance.ts';
import { openFaultDesk, type FaultDesk } from './fault-desk.ts';
import { openFaultOffice, type FaultOffice, type FaultServer } from './fault-office.ts';
import { openHistory, type History } from './history.ts';
import { attendMany } from './attend-many.ts';
import { killListeners } from './kill-listeners.ts';
import { measurable, measure, type Memory } from './measure.ts';
import { createSoakAgent, DeskGone, type Seen, type SoakAgent } from './soak-agent.ts';
import { createWaits } from './waits.ts';

/** Customers who wait at most: an office that is behind lets nobody in. */
const MOST_WAITING = 15;
/** Pauses, in ms: of an agent before each act, between two customers, before a fault and while it lasts. */
const THINKS = 40;
const ARRIVES = 100;
const WHOLE = 2_000;
const BROKEN = 2_000;
/** Until all that was broken works again: a desk takes a line for dead after 30 s, and starts anew on a busy machine. */
const HEALS = 3 * 60_000;

interface Place {
  desk: FaultDesk;
  wire: ChaosWire;
  agent: SoakAgent;
  number: number;
  /** Resolves while its process runs and its agent is in. */
  ready: Promise<unknown>;
}

/** One office that lives on, with two servers and three desks: the second server and the third desk are killed, the others cut. */
export interface Soak {
  office: FaultOffice;
  history: History;
  seen: Seen;
  /** Issued so far. */
  tickets: () => number;
  faults: Map<string, number>;
  /** Where desks keep their data, as long as it is open. */
  dataFolderOf: (number: number) => string;
  /**
   * Works under faults for so long, then lets everything heal and waits until every desk shows what the server has.
   * @throws Error that says who waits for what when that does not come
   */
  round: (milliseconds: number) => Promise<void>;
  /** Of the processes that are never killed, at this moment. */
  memory: () => Promise<Record<string, Memory>>;
  stopDesks: () => Promise<void>;
  close: () => Promise<void>;
}

/**
 * @param attended tickets that the agents of the desks that are never killed have attended before: a list that is bounded is
 * full from the start, and does not look like a leak
 */
export async function openSoak(chance: Chance, attended: number): Promise<Soak> {
  const folder = await mkdtemp(join(tmpdir(), 'ventanilla-soak-'));
  const socketOf = (name: string): string => join(folder, name);
  const office = await openFaultOffice({
    agents: 3,
    servers: 2,
    environmentOf: (index) => measurable(socketOf(`server-${index + 1}`)),
  });
  await Promise.all([1, 2].map((number) => attendMany(office, number, attended)));
  const [kept, killed] = office.servers as [FaultServer, FaultServer];
  const history = openHistory();
  const seen: Seen = { takes: [], lists: [], refusals: new Map() };
  const faults = new Map<string, number>();
  const waits = createWaits();
  const dataFolderOf = (number: number): string => join(office.folder, `desk-${number}`);
  let tickets = 0;

  const openPlace = async (number: number, server: FaultServer): Promise<Place> => {
    const wire = await layChaosWire(server.url);
    const desk = await openFaultDesk({
      serverUrl: wire.url,
      dataFolder: dataFolderOf(number),
      number,
      environment: measurable(socketOf(`desk-${number}`)),
    });
    const agent = createSoakAgent(desk, number, chance, { history, seen, waits });
    await agent.enter();
    await desk.lineUp();
    return { desk, wire, agent, number, ready: Promise.resolve() };
  };
  const places = await Promise.all([openPlace(1, kept), openPlace(2, killed), openPlace(3, kept)]);
  const [first, , mortal] = places;

  const say = (fault: string): void => void faults.set(fault, (faults.get(fault) ?? 0) + 1);
  /** Until then, or until the round is over. */
  const atMost = (milliseconds: number, over: AbortSignal): Promise<unknown> =>
    pause(1 + chance.below(milliseconds), undefined, { signal: over }).catch(() => undefined);

  const work = async (place: Place, over: AbortSignal): Promise<void> => {
    while (!over.aborted) {
      await atMost(THINKS * 2, over);
      await waits.on(`agent ${place.number} for the desk to be back`, place.ready);
      await place.agent.turn().catch((error: unknown) => {
        if (!(error instanceof DeskGone)) throw error;
      });
    }
  };

  const letIn = async (over: AbortSignal): Promise<void> => {
    while (!over.aborted) {
      await atMost(ARRIVES * 2, over);
      if ((first.desk.window().latest('waiting.changed')?.count ?? 0) >= MOST_WAITING) continue;
      tickets += 1;
      const event = { client: 'kiosk', op: `ticket-${tickets}`, ticketId: null };
      const contact = { firstName: 'Inés', lastName: `Quiroga ${tickets}` };
      const more = chance.below(2) === 0 ? { contact } : {};
      history.record({ type: 'invoke', ...event });
      const servers = chance.below(2) === 0 ? [kept, killed] : [killed, kept];
      await waits.on(
        `the kiosk for ${event.op}`,
        insist(servers, (url) => issueTicket(url, event.op, more)),
      );
      history.record({ type: 'ok', ...event });
    }
  };

  const breakLines = async (over: AbortSignal): Promise<void> => {
    for (;;) {
      await atMost(WHOLE * 2, over);
      if (over.aborted) return;
      const { wire } = chance.pick(places);
      const type = chance.pick(['cut', 'reset', 'truncate', 'halfOpen', 'blackhole', 'abandon', 'slow'] as const);
      say(type);
      if (type === 'cut') wire.cut();
      else if (type === 'abandon') wire.abandon();
      else if (type === 'slow') wire.delay(1 + chance.below(400));
      else {
        const direction = chance.pick(['up', 'down'] as const);
        void wire.strike({ type: type === 'reset' ? 'cut' : type, direction, afterBytes: chance.below(4_000) });
      }
      await atMost(BROKEN * 2, over);
      wire.mend();
    }
  };

  const killSome = async (over: AbortSignal): Promise<void> => {
    for (;;) {
      await atMost(WHOLE * 4, over);
      if (over.aborted) return;
      const type = chance.pick(['listeners', 'server', 'desk'] as const);
      say(type);
      if (type === 'listeners') await waits.on('the database to end listeners', killListeners(office));
      if (type === 'server') {
        await waits.on('server 2 to end', killed.kill(chance.pick(['SIGTERM', 'SIGKILL'])));
        await atMost(BROKEN, over);
        await waits.on('server 2 to start', killed.start());
      }
      if (type === 'desk') {
        mortal.ready = (async () => {
          await waits.on('desk 3 to end', mortal.desk.kill());
          await atMost(BROKEN, over);
          await waits.on('desk 3 to start', mortal.desk.start());
          await mortal.agent.enter();
        })();
        await mortal.ready;
      }
    }
  };

  /** Everything is whole again: each desk has delivered all, and shows what the server has. */
  const heal = async (): Promise<void> => {
    for (const { wire } of places) wire.mend();
    for (const { desk, agent, number } of places) {
      await agent.enter();
      // As somebody does now and then; and nobody has to remember all that was ever told.
      await waits.on(`desk ${number} to show a new window`, desk.reload());
      await waits.on(`desk ${number} for the line`, desk.lineUp());
      await waits.on(`desk ${number} to deliver`, desk.hurried(desk.delivered()));
    }
    await Promise.all(
      places.map(({ desk, number }) => waits.on(`desk ${number} for what the server has`, converged(desk, office))),
    );
  };

  const standing = ({ desk, number }: Place): string => {
    const { latest } = desk.window();
    const session = latest('session.changed')?.state;
    const status = latest('status.changed')?.status;
    const ticket = latest('current.changed')?.ticket?.header;
    const pending = latest('outbox.changed')?.pending.length;
    const shown = `${latest('waiting.changed')?.count} waiting, ${latest('held.changed')?.count} held`;
    return `desk ${number}: ${session}, line ${latest('line.changed')?.state}, ${status?.state}, ${ticket?.turnCode} ${ticket?.state}, ${pending} to deliver, ${shown}`;
  };

  const stopDesks = async (): Promise<void> => {
    await Promise.all(places.map(({ desk }) => desk.kill('SIGTERM')));
  };

  return {
    office,
    history,
    seen,
    tickets: () => tickets,
    faults,
    dataFolderOf,
    round: async (milliseconds) => {
      const over = new AbortController();
      // Each of those that wait for the end of the round listens to it.
      EventEmitter.setMaxListeners(0, over.signal);
      const late = setTimeout(() => over.abort(), milliseconds);
      const parts = [...places.map((place) => work(place, over.signal)), letIn(over.signal)];
      const all = Promise.all([...parts, breakLines(over.signal), killSome(over.signal)]).finally(() =>
        clearTimeout(late),
      );
      await waits.within(milliseconds + HEALS, all.then(heal), () => places.map(standing));
    },
    memory: async () =>
      Object.fromEntries(
        await Promise.all(
          ['server-1', 'desk-1', 'desk-2'].map(async (name) => [name, await measure(socketOf(name))] as const),
        ),
      ),
    stopDesks,
    close: async () => {
      await stopDesks();
      await Promise.all(places.map(({ wire }) => wire.close()));
      await office.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
