import { calls } from '../../bridge/contract.ts';
import type { TicketView, WaitingRow } from '../../bridge/facts.ts';
import type { Act } from '../../bridge/act.ts';
import type { FakeDesk } from './fake-desk.ts';
import * as sample from './sample-facts.ts';

/** Every state of the screen, by name: what the desk told when it looks so. */
export const scenes: Record<string, (desk: FakeDesk) => void> = {
  'sign-in': (desk) => {
    desk.tell('preferences.changed', sample.preferences);
    desk.tell('line.changed', sample.lineUp);
    desk.tell('session.changed', sample.signedOut());
  },
  'sign-in-offline': (desk) => {
    desk.tell('preferences.changed', sample.preferences);
    desk.tell('line.changed', sample.lineDown);
    desk.tell(
      'session.changed',
      sample.signedOut({
        cause: 'expired',
        lastAgentEmail: 'ana@demo.test',
        storeNotice: { type: 'cacheRebuilt', recovered: 4, lost: 1 },
      }),
    );
  },
  'change-password': (desk) => {
    scenes['sign-in']?.(desk);
    desk.tell('session.changed', sample.changingPassword);
  },
  seat: (desk) => {
    scenes['sign-in']?.(desk);
    desk.tell('session.changed', sample.choosingSeat);
  },
  'idle-manual': (desk) => work(desk, { rows: sample.waitingWithAppointment, isManual: true }),
  idle: (desk) => work(desk, {}),
  empty: (desk) => {
    work(desk, { rows: [] });
    desk.tell('status.changed', sample.status({ state: 'offline', cause: 'noAnswer' }));
    desk.tell('handled.changed', { tickets: [] });
    desk.tell('shift.changed', { from: null, segments: [] });
  },
  calling: (desk) => {
    work(desk, { ticket: sample.callingTicket });
    desk.tell('status.changed', sample.status({ nextState: 'lunch' }));
  },
  attending: (desk) => {
    work(desk, { ticket: sample.attendingTicket });
    desk.tell('status.changed', sample.status({ nextState: 'lunch' }));
  },
  'attending-no-contact': (desk) =>
    work(desk, {
      ticket: {
        ...sample.attendingTicket,
        contact: null,
        header: { ...sample.attendingTicket.header, displayName: null, documentType: null, documentLast4: null },
      },
    }),
  offline: (desk) => {
    work(desk, { ticket: { ...sample.attendingTicket, timeline: pendingTimeline() } });
    desk.tell('line.changed', sample.lineDown);
    desk.tell('outbox.changed', sample.fullOutbox);
  },
  refused: (desk) => {
    work(desk, { ticket: sample.attendingTicket });
    desk.tell('outbox.changed', { pending: [], refused: sample.fullOutbox.refused });
  },
  replaced: (desk) => {
    work(desk, {});
    desk.setPipe('replaced');
  },
  lost: (desk) => {
    work(desk, {});
    desk.setPipe('lost');
  },
};

interface Work {
  rows?: readonly WaitingRow[];
  ticket?: TicketView | null;
  isManual?: boolean;
}

/** An agent at work, with everything told. */
export function work(desk: FakeDesk, { rows = sample.waitingRows, ticket = null, isManual = false }: Work): void {
  desk.handle('waiting.window', ({ from, to }) => ({ version: 1, rows: rows.slice(from, to) }));
  desk.handle('ticket.open', ({ ticketId }) => openedOf(rows, ticketId));
  desk.handle('contacts.search', ({ search }) => ({
    matches: [
      {
        id: sample.contact.id,
        name: 'María Fernanda Ospina Gil',
        documentType: 'CC',
        documentLast4: '8903',
        phoneLast4: '0142',
      },
    ].filter(({ name }) => name.toLowerCase().includes(search.toLowerCase())),
  }));
  desk.tell('preferences.changed', sample.preferences);
  desk.tell('line.changed', sample.lineUp);
  desk.tell('session.changed', sample.working);
  desk.tell('status.changed', sample.status({ isManual }));
  desk.tell('handled.changed', sample.handled);
  desk.tell('shift.changed', sample.shift);
  desk.tell('outbox.changed', sample.noOutbox);
  desk.tell(
    'waiting.changed',
    sample.waiting(rows, ticket ? { tabs: { waiting: rows.length, attending: 1, paused: 0, outOfHours: 0 } } : {}),
  );
  desk.tell('current.changed', sample.current(ticket));
}

/** As the cache or the centre would tell it; what nobody holds has no content here. */
function openedOf(rows: readonly WaitingRow[], ticketId: string): TicketView {
  const waiting = rows.find(({ header }) => header.id === ticketId);
  const header = waiting?.header ?? sample.handled.tickets.find(({ id }) => id === ticketId);
  if (!header) throw new Error(`no sample ticket ${ticketId}`);
  return calls['ticket.open'].output.parse({
    header,
    reasons: waiting?.reasons ?? [],
    contact: header.displayName === null ? null : sample.contact,
    topicIds: [],
    timeline: sample.callingTicket.timeline?.slice(0, 1) ?? null,
    pendingFields: [],
    isPending: false,
  } satisfies TicketView);
}

function pendingTimeline(): TicketView['timeline'] {
  const lines = sample.attendingTicket.timeline ?? [];
  return [
    ...lines,
    sample.line(
      sample.at(10, 47),
      { type: 'note.added', text: 'Reclama por corte del 19/07; no recibió aviso.' },
      { isPending: true },
    ),
  ];
}

/** The last act of the agent, as the desk got it. */
export function lastAct(desk: FakeDesk): Act | undefined {
  return desk.seenOf('act').at(-1);
}
