import { createHash } from 'node:crypto';
import type { TurnState } from '../../protocol/http/public-api.ts';
import type { TicketHeader } from '../../protocol/ticket.ts';
import type { ServerContext } from '../start/server-context.ts';
import { readBranch, readServices } from '../store/service-rows.ts';
import { readTurnByHash, readTurns } from '../store/turn-rows.ts';
import { readChoices } from './read-choices.ts';
import { readPlaces } from './read-place.ts';

/** A turn's link works this long after the ticket has closed. */
const LINK_LASTS_MS = 24 * 3_600_000;

/** Finds the ticket of a turn page's token; null for a wrong and for an old one alike. */
export async function findTurn(
  context: ServerContext,
  token: string,
): Promise<{ ticketId: string; branchId: string; companyId: string } | null> {
  const turn = await readTurnByHash(context.store.db, createHash('sha256').update(token).digest());
  if (!turn) return null;
  const { closedAt, ...found } = turn;
  return closedAt !== null && closedAt < context.clock() - LINK_LASTS_MS ? null : found;
}

/**
 * What customers' phones may know of their own turns, by id of the ticket: of any number of turns of one branch with a few
 * queries. A ticket that is none of this branch is left out.
 */
export async function turnStates(
  context: ServerContext,
  branchId: string,
  ticketIds: string[],
): Promise<Map<string, TurnState>> {
  const { db } = context.store;
  const now = context.clock();
  const branch = await readBranch(db, branchId);
  if (!branch) return new Map();
  const turns = await readTurns(db, branchId, ticketIds);
  const services = await readServices(db, branchId);
  const headers = turns.map(({ header }) => header);
  const places = await readPlaces(db, { branch, services, headers, now });
  const choicesOf = await readChoices(db, { branch, services, headers, now });
  return new Map(
    turns.map(({ header, moduleName }) => {
      const { ahead, range } = places.get(header.id) ?? { ahead: null, range: null };
      const state: TurnState = {
        branchName: branch.name,
        companyName: branch.companyName,
        isDemo: branch.isDemo,
        locale: branch.locale,
        timeZone: branch.timeZone,
        serverTime: now,
        code: header.turnCode,
        number: header.number,
        serviceName: services.find(({ id }) => id === header.serviceId)?.name ?? '',
        isVideo: header.kind === 'virtual',
        state: stateOf(header),
        ahead,
        range,
        moduleName,
        callCount: header.callCount,
        createdAt: header.createdAt,
        ...choicesOf(header),
      };
      return [header.id, state];
    }),
  );
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
