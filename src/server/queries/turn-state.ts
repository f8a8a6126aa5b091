import { createHash } from 'node:crypto';
import type { TurnState } from '../../protocol/http/public-api.ts';
import type { TicketHeader } from '../../protocol/ticket.ts';
import type { ServerContext } from '../start/server-context.ts';
import { readBranch, readServices } from '../store/service-rows.ts';
import { readPlace } from './read-place.ts';

/** A turn's link works this long after the ticket has closed. */
const LINK_LASTS_MS = 24 * 3_600_000;

/** Finds the ticket of a turn page's token; null for a wrong and for an old one alike. */
export async function findTurn(
  context: ServerContext,
  token: string,
): Promise<{ ticketId: string; branchId: string } | null> {
  const row = await context.store.db
    .selectFrom('ticket')
    .select(['id', 'branch_id', 'closed_at'])
    .where('turn_token_hash', '=', createHash('sha256').update(token).digest())
    .executeTakeFirst();
  if (!row) return null;
  if (row.closed_at && row.closed_at.getTime() < context.clock() - LINK_LASTS_MS) return null;
  return { ticketId: row.id, branchId: row.branch_id };
}

/** What a customer's phone may know of their own turn. */
export async function turnState(context: ServerContext, ticketId: string): Promise<TurnState | null> {
  const { db } = context.store;
  const now = context.clock();
  const row = await db
    .selectFrom('ticket')
    .leftJoin('attention', 'attention.id', 'ticket.attention_id')
    .leftJoin('module', 'module.id', 'attention.module_id')
    .select(['ticket.header', 'ticket.branch_id', 'module.name as module_name'])
    .where('ticket.id', '=', ticketId)
    .executeTakeFirst();
  const branch = row && (await readBranch(db, row.branch_id));
  if (!row || !branch) return null;
  const { header } = row;
  const services = await readServices(db, branch.id);
  const { ahead, range } = await readPlace(db, { branch, services, header, now });
  return {
    branchName: branch.name,
    companyName: branch.companyName,
    isDemo: branch.isDemo,
    locale: branch.locale,
    timeZone: branch.timeZone,
    serverTime: now,
    code: header.turnCode,
    number: header.number,
    serviceName: services.find(({ id }) => id === header.serviceId)?.name ?? '',
    state: stateOf(header),
    ahead,
    range,
    moduleName: row.module_name,
    callCount: header.callCount,
    createdAt: header.createdAt,
  };
}

function stateOf(header: TicketHeader): TurnState['state'] {
  switch (header.state) {
    case 'calling':
    case 'attending':
      return header.state;
    case 'closed':
      if (header.outcome === 'noShow') return 'noShow';
      return header.outcome === 'cancelled' || header.outcome === 'abandoned' ? 'cancelled' : 'finished';
    default:
      return 'waiting';
  }
}
