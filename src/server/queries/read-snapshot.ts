import type { ChangeBody, ModuleSeat } from '../../protocol/change.ts';
import { isSeen } from '../dispatch/is-seen.ts';
import type { Store } from '../store/connect.ts';
import type { Reader } from '../store/database.ts';
import { readOffice } from '../store/office-rows.ts';
import { readStatus } from '../store/status-rows.ts';
import { readStreamBounds } from '../store/stream-rows.ts';
import { readHeaders, readTicketsOfAgent } from '../store/ticket-rows.ts';
import { readTicketContents } from './read-ticket-content.ts';

const DAY = 24 * 3_600_000;
const HEADERS_LAST_MS = 30 * DAY;
const HEADERS_KEPT = 100_000;
/** So long after a ticket was closed its content stays with who closed it. */
export const CONTENT_LASTS_MS = 30 * DAY;
const CONTENTS_KEPT = 300;

/** The state of a stream at a `seq`, read in one snapshot of the database so that nothing falls between them. */
export async function readSnapshot(
  store: Store,
  stream: string,
  now: number,
): Promise<{ seq: number; bodies: ChangeBody[] }> {
  const [kind, id] = stream.split(':') as ['company' | 'branch' | 'agent', string];
  const bodiesOf = { company: companyBodies, branch: branchBodies, agent: agentBodies }[kind];
  return store.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      const { last } = await readStreamBounds(tx, stream);
      return { seq: last, bodies: await bodiesOf(tx, id, now) };
    });
}

async function companyBodies(db: Reader, companyId: string): Promise<ChangeBody[]> {
  return [{ type: 'office.put', office: await readOffice(db, companyId) }];
}

async function branchBodies(db: Reader, branchId: string, now: number): Promise<ChangeBody[]> {
  const seats = await readSeats(db, branchId, now);
  const headers = await readHeaders(db, branchId, { closedAfter: now - HEADERS_LAST_MS, limit: HEADERS_KEPT });
  return [
    ...seats.map((seat) => ({ type: 'seat.put' as const, seat })),
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

/** Who sits where in a branch now. */
export async function readSeats(db: Reader, branchId: string, now: number): Promise<ModuleSeat[]> {
  const rows = await db
    .selectFrom('module')
    .leftJoin('session', (join) => join.onRef('session.module_id', '=', 'module.id').on('session.ended_at', 'is', null))
    .leftJoin('agent', 'agent.id', 'session.agent_id')
    .leftJoin('agent_status', 'agent_status.agent_id', 'agent.id')
    .select([
      'module.id',
      'agent.id as agent_id',
      'agent.first_name',
      'agent.last_name',
      'agent_status.connection_id',
      'agent_status.seen_at',
    ])
    .where('module.branch_id', '=', branchId)
    .orderBy('module.position')
    .execute();
  return rows.map((row) => ({
    moduleId: row.id as ModuleSeat['moduleId'],
    branchId: branchId as ModuleSeat['branchId'],
    agentId: row.agent_id as ModuleSeat['agentId'],
    agentName: row.agent_id === null ? null : `${row.first_name ?? ''} ${row.last_name ?? ''}`.trim(),
    isConnected: isSeen({ connectionId: row.connection_id, seenAt: row.seen_at?.getTime() ?? null }, now),
  }));
}
