import { calls } from '../../bridge/contract.ts';
import type { TicketView, WaitingRow } from '../../bridge/facts.ts';
import type { Act } from '../../bridge/act.ts';
import type { FakeDesk } from './fake-desk.ts';
import * as facts from './sample-facts.ts';
import * as office from './sample-office.ts';
import * as terms from './sample-terms.ts';
import * as tickets from './sample-tickets.ts';

/** Every state of the screen, by name: what the desk told when it looks so. */
export const scenes: Record<string, (desk: FakeDesk) => void> = {
  'sign-in': (desk) => {
    desk.tell('preferences.changed', facts.preferences);
    desk.tell('line.changed', facts.lineUp);
    desk.tell('session.changed', office.signedOut());
  },
  'sign-in-offline': (desk) => {
    desk.tell('preferences.changed', facts.preferences);
    desk.tell('line.changed', facts.lineDown);
    desk.tell(
      'session.changed',
      office.signedOut({
        cause: 'expired',
        lastAgentEmails: ['ana@demo.test', 'luis@demo.test'],
        storeNotice: { type: 'cacheRebuilt', recovered: 4, lost: 1 },
      }),
    );
  },
  'change-password': (desk) => {
    scenes['sign-in']?.(desk);
    desk.tell('session.changed', office.changingPassword);
  },
  seat: (desk) => {
    scenes['sign-in']?.(desk);
    desk.tell('session.changed', office.choosingSeat);
  },
  'idle-manual': (desk) => work(desk, { rows: tickets.waitingWithAppointment, isManual: true }),
  idle: (desk) => work(desk, {}),
  supervising: (desk) => work(desk, { supervises: true }),
  'begun-notes': (desk) => {
    work(desk, {});
    const texts = [
      'Queda pendiente el recibo de junio.',
      'Pidió que le llamen después de las 17:00; trae la factura y el comprobante de pago.',
    ];
    desk.tell('handled.changed', {
      ...facts.handled,
      drafts: facts.handled.tickets
        .slice(0, 2)
        .map(({ id, turnCode }, index) => ({ ticketId: id, turnCode, text: texts[index] ?? '' })),
    });
  },
  'sign-in-elsewhere': (desk) => {
    scenes['sign-in']?.(desk);
    desk.tell('session.changed', office.signedOut({ cause: 'signedInElsewhere', lastAgentEmails: ['ana@demo.test'] }));
  },
  empty: (desk) => {
    work(desk, { rows: [] });
    desk.tell('status.changed', facts.status({ state: 'offline', cause: 'noAnswer' }));
    desk.tell('handled.changed', { tickets: [], drafts: [], writings: [] });
    desk.tell('shift.changed', { from: null, segments: [] });
  },
  calling: (desk) => {
    work(desk, { ticket: tickets.callingTicket });
    desk.tell('status.changed', facts.status({ nextState: 'lunch' }));
  },
  attending: (desk) => {
    work(desk, { ticket: tickets.attendingTicket });
    desk.tell('status.changed', facts.status({ nextState: 'lunch' }));
  },
  terms: (desk) => {
    work(desk, { ticket: terms.attended() });
    desk.tell('session.changed', terms.withTerms);
  },
  'terms-asked': (desk) => {
    const openedAt = office.NOW - 20_000;
    work(desk, { ticket: terms.attended([terms.consent({ openedAt, readAt: openedAt + 12_000 })]) });
    desk.tell('session.changed', terms.withTerms);
  },
  'terms-refused': (desk) => {
    work(desk, { ticket: terms.attended([terms.accepted({ state: 'refused' })]) });
    desk.tell('session.changed', terms.withTerms);
  },
  'attending-no-contact': (desk) =>
    work(desk, {
      ticket: {
        ...tickets.attendingTicket,
        contact: null,
        header: { ...tickets.attendingTicket.header, displayName: null, documentType: null, documentLast4: null },
      },
    }),
  offline: (desk) => {
    work(desk, { ticket: { ...tickets.attendingTicket, timeline: pendingTimeline() } });
    desk.tell('line.changed', facts.lineDown);
    desk.tell('outbox.changed', facts.fullOutbox);
  },
  refused: (desk) => {
    work(desk, { ticket: tickets.attendingTicket });
    desk.tell('outbox.changed', { pending: [], refused: facts.fullOutbox.refused });
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
  supervises?: boolean;
}

/** An agent at work, with everything told. */
export function work(
  desk: FakeDesk,
  { rows = tickets.waitingRows, ticket = null, isManual = false, supervises = false }: Work,
): void {
  desk.handle('waiting.window', ({ from, to }) => ({ version: 1, rows: rows.slice(from, to) }));
  desk.handle('held.window', ({ from, to }) => ({ version: 1, rows: tickets.heldRows.slice(from, to) }));
  desk.handle('ticket.open', ({ ticketId }) => openedOf(rows, ticketId));
  desk.handle('contacts.search', ({ search }) => ({
    matches: [
      {
        id: tickets.contact.id,
        name: 'María Fernanda Ospina Gil',
        documentType: 'CC',
        documentLast4: '8903',
        phoneLast4: '0142',
      },
    ].filter(({ name }) => name.toLowerCase().includes(search.toLowerCase())),
  }));
  desk.tell('preferences.changed', facts.preferences);
  desk.tell('line.changed', facts.lineUp);
  desk.tell('session.changed', supervises ? { ...office.working, agent: office.supervisor } : office.working);
  desk.tell('status.changed', facts.status({ isManual }));
  desk.tell('handled.changed', facts.handled);
  desk.tell('held.changed', facts.held());
  desk.tell('shift.changed', facts.shift);
  desk.tell('outbox.changed', facts.noOutbox);
  desk.tell(
    'waiting.changed',
    facts.waiting(rows, ticket ? { tabs: { waiting: rows.length, attending: 1, paused: 0, outOfHours: 0 } } : {}),
  );
  desk.tell('current.changed', facts.current(ticket));
}

/** As the cache or the centre would tell it; what nobody holds has no content here. */
function openedOf(rows: readonly WaitingRow[], ticketId: string): TicketView {
  const waiting = rows.find(({ header }) => header.id === ticketId);
  const header =
    waiting?.header ??
    tickets.heldRows.find((row) => row.header.id === ticketId)?.header ??
    facts.handled.tickets.find(({ id }) => id === ticketId);
  if (!header) throw new Error(`no sample ticket ${ticketId}`);
  return calls['ticket.open'].output.parse({
    header,
    reasons: waiting?.reasons ?? [],
    contact: header.displayName === null ? null : tickets.contact,
    topicIds: [],
    timeline: tickets.callingTicket.timeline?.slice(0, 1) ?? null,
    files: [],
    pendingFields: [],
    isPending: false,
  } satisfies TicketView);
}

function pendingTimeline(): TicketView['timeline'] {
  const lines = tickets.attendingTicket.timeline ?? [];
  return [
    ...lines,
    tickets.line(
      office.at(10, 47),
      { type: 'note.added', text: 'Reclama por corte del 19/07; no recibió aviso.' },
      { isPending: true },
    ),
  ];
}

/** The last act of the agent, as the desk got it. */
export function lastAct(desk: FakeDesk): Act | undefined {
  return desk.seenOf('act').at(-1);
}
