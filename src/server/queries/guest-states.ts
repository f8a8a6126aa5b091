import type { TicketHeader } from '../../protocol/ticket.ts';
import type { GuestState } from '../../protocol/video/guest-state.ts';
import type { ServerContext } from '../start/server-context.ts';
import { readLiveLinks } from '../store/guest-link-rows.ts';
import { readBranch, readServices } from '../store/service-rows.ts';
import { readTurns } from '../store/turn-rows.ts';
import { readPlaces } from './read-place.ts';

/** What a guest sees, and by which link somebody may see it now. */
export interface GuestView {
  linkId: string | null;
  state: GuestState;
}

/** What guests of a branch may know of their attentions, by id of the ticket. What is no ticket of this branch is left out. */
export async function guestStates(
  { store: { db }, clock }: ServerContext,
  branchId: string,
  ticketIds: string[],
): Promise<Map<string, GuestView>> {
  const now = clock();
  const branch = await readBranch(db, branchId);
  if (!branch) return new Map();
  const [turns, services, links] = await Promise.all([
    readTurns(db, branchId, ticketIds),
    readServices(db, branchId),
    readLiveLinks(db, ticketIds),
  ]);
  const headers = turns.map(({ header }) => header);
  const places = await readPlaces(db, { branch, services, headers, now });
  return new Map(
    headers.map((header) => {
      const { ahead, range } = places.get(header.id) ?? { ahead: null, range: null };
      const state: GuestState = {
        companyName: branch.companyName,
        branchName: branch.name,
        isDemo: branch.isDemo,
        locale: branch.locale,
        timeZone: branch.timeZone,
        serverTime: now,
        code: header.turnCode,
        serviceName: services.find(({ id }) => id === header.serviceId)?.name ?? '',
        phase: phaseOf(header),
        ahead,
        range,
        agentName: header.holder?.agentName.split(' ')[0] ?? null,
        attentionId: header.holder?.attentionId ?? null,
      };
      return [header.id, { linkId: links.get(header.id) ?? null, state }];
    }),
  );
}

function phaseOf({ state, outcome }: TicketHeader): GuestState['phase'] {
  if (state === 'calling' || state === 'attending') return state;
  if (state !== 'closed') return 'waiting';
  if (outcome === 'noShow') return 'noShow';
  return outcome === 'cancelled' || outcome === 'abandoned' ? 'cancelled' : 'finished';
}
