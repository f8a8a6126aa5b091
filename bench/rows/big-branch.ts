import { join } from 'node:path';
import pg from 'pg';
import type { TicketId } from '../../src/protocol/ids.ts';
import { percentile } from '../compare-tails.ts';
import { figure, type Measure } from '../row.ts';
import { openCoreDesk } from '../support/core-desk.ts';
import { fillLine } from '../support/fill-line.ts';
import { openFilledOffice } from '../support/filled-office.ts';

const HEADERS = 50_000;
const WAITING = 200;
const WINDOW = 50;

/**
 * What an agent waits for in a branch of 50,000 tickets (trust R19): from the click on a ticket of the line to the customer on the
 * screen, and a window of the line, both as the window of a desk asks for them. It stands beside nothing: what is asked is a time.
 */
export const measure: Measure = async () => {
  const office = await openFilledOffice(HEADERS);
  const database = new pg.Client({ connectionString: office.databaseUrl });
  const desk = await openCoreDesk(join(office.folder, 'desk'), office.serverUrl.href);
  try {
    await database.connect();
    const tickets = (await fillLine(database, 'public', WAITING)) as TicketId[];
    await desk.until('session.changed', ({ state }) => state === 'signedOut');
    await desk.call('session.signIn', { email: 'ana@demo.test', password: office.demo.password });
    const fact = await desk.until('session.changed', ({ state }) => state === 'choosingSeat');
    const seat = fact.state === 'choosingSeat' && fact.seats.find(({ branchId }) => branchId === office.branchId);
    const module = seat && seat.modules[0];
    if (!seat || !module) throw new Error('Nowhere to sit.');
    await desk.call('session.takeSeat', { branchId: seat.branchId, moduleId: module.id });
    await desk.until('line.changed', ({ state }) => state === 'up');

    const takes: number[] = [];
    const lists: number[] = [];
    for (const ticketId of tickets) {
      const askedAt = performance.now();
      const { rows } = await desk.call('waiting.window', { from: 0, to: WINDOW });
      lists.push(performance.now() - askedAt);
      if (rows.length === 0) throw new Error('Nobody waits.');
      const clickedAt = performance.now();
      await desk.call('act', { type: 'ticket.call', ticketId });
      await desk.until('current.changed', ({ ticket }) => ticket?.header.id === ticketId);
      takes.push(performance.now() - clickedAt);
      await desk.call('act', { type: 'attention.begin', ticketId });
      await desk.call('act', { type: 'attention.finish', ticketId });
      await desk.until('current.changed', ({ ticket }) => ticket === null);
    }
    await desk.until('outbox.changed', ({ pending }) => pending.length === 0);
    const { rows } = await database.query<{ count: number }>(
      "SELECT count(*)::int FROM ticket WHERE id = ANY($1) AND outcome = 'finished'",
      [tickets],
    );
    if (rows[0]?.count !== WAITING) throw new Error(`${String(rows[0]?.count)} of ${WAITING} were attended`);
    return {
      work: `[R19] a branch of ${HEADERS.toLocaleString('en')} tickets: ${WAITING} customers taken one after another`,
      beside: 'nothing: the promise is a time',
      figures: [
        figure(
          'from the click to the customer on the screen, p95',
          'ms',
          { ours: percentile(takes, 0.95) },
          { atMost: 150 },
        ),
        figure(`a window of ${WINDOW} of the line, p95`, 'ms', { ours: percentile(lists, 0.95) }, { atMost: 300 }),
      ],
      gate: `${WAITING} customers attended by one agent, as PostgreSQL has it`,
    };
  } finally {
    await desk.stop();
    await database.end();
    await office.close();
  }
};
