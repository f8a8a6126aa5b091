import type { ChangeBody } from '../../protocol/change.ts';
import type { Store } from '../store/connect.ts';
import type { Reader } from '../store/database.ts';
import { readOffice } from '../store/office-rows.ts';
import { readPresences } from '../store/presence-rows.ts';
import { readStatus } from '../store/status-rows.ts';
import { readStreamBounds } from '../store/stream-rows.ts';
import { readHeaders, readTicketsOfAgent } from '../store/ticket-rows.ts';
import { readTicketContents } from './read-ticket-content.ts';

const DAY = 24 * 3_600_000;
/** So long after a ticket was closed desks keep its header, and so many of a branch at most. */
export const HEADERS_LAST_MS = 30 * DAY;
export const HEADERS_KEPT = 100_000;
/** So long after a ticket was closed its content stays with who closed it. */
export const CONTENT_LASTS_MS = 30 * DAY;
const CONTENTS_KEPT = 300;

/** The state of a stream at a `seq`, read in one snapshot of the database so that nothing falls between them. */
export async function readSnapshot(
  store: Store,
  stream: string,
  now: number,
  headersKept = HEADERS_KEPT,
): Promise<{ seq: number; bodies: ChangeBody[] }> {
  const [kind, id] = stream.split(':') as ['company' | 'branch' | 'agent', string];
  const bodiesOf = { company: companyBodies, branch: branchBodies, agent: agentBodies }[kind];
  return store.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      const { last } = await readStreamBounds(tx, stream);
      return { seq: last, bodies: await bodiesOf(tx, id, now, headersKept) };
    });
}

async function companyBodies(db: Reader, companyId: string): Promise<ChangeBody[]> {
  return [{ type: 'office.put', office: await readOffice(db, companyId) }];
}

async function branchBodies(db: Reader, branchId: string, now: number, headersKept: number): Promise<ChangeBody[]> {
  const presences = await readPresences(db, branchId);
  const headers = await readHeaders(db, branchId, { closedAfter: now - HEADERS_LAST_MS, limit: headersKept });
  return [
    ...presences.map((presence) => ({ type: 'presence.put' as const, presence })),
    ...headers.map((header) => ({ type: 'ticket.put' as const, header })),
  ];
}

async function agentBodies(db: Reader, agentId: string, now: number): Promise<ChangeBody[]> {
  const row = await readStatus(db, agentId);
  const tickets = await readTicketsOfAgent(db, agentId, { closedAfter: now - CONTENT_LASTS_MS, limit: CONTENTS_KEPT });
  const contents = await readTicketContents(db, tickets[0]?.companyId ?? '', tickets);
  return [
    ...(row ? [{ type: 'status.put' as const, status: row.status }] : []),
    ...contents.map((content) => ({ type: 'content.put' as const, content })),
  ];
}
