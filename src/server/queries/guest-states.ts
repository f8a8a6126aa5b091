import { GuestFile } from '../../protocol/files/shared-file.ts';
import type { TicketHeader } from '../../protocol/ticket.ts';
import type { GuestState } from '../../protocol/video/guest-state.ts';
import { readGuestFilesOf } from '../store/file-rows.ts';
import type { ServerContext } from '../start/server-context.ts';
import { readConsents, type ConsentRow } from '../store/consent-rows.ts';
import { readBlockedBrowsers } from '../store/guest-block-rows.ts';
import { readCutOff } from '../store/attention-rows.ts';
import { readLiveLinks } from '../store/guest-link-rows.ts';
import { readAccepted } from '../store/offer-rows.ts';
import { readBranch, readServices } from '../store/service-rows.ts';
import { readTurns } from '../store/turn-rows.ts';
import { guestConsentOf, guestReceiptsOf, isFor } from './consent-views.ts';
import { readChoices } from './read-choices.ts';
import { readPlaces } from './read-place.ts';

/** What a guest sees, and by which link somebody may see it now. */
export interface GuestView {
  linkId: string | null;
  /** Who calls or attends; never told to the guest. */
  agentId: string | null;
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
  const [turns, services, links, consents, files] = await Promise.all([
    readTurns(db, branchId, ticketIds),
    readServices(db, branchId),
    readLiveLinks(db, ticketIds),
    readConsents(db, ticketIds),
    readGuestFilesOf(db, ticketIds),
  ]);
  const headers = turns.map(({ header }) => header);
  const live = headers.flatMap(({ id, kind, state }) => (kind === 'virtual' && state === 'attending' ? [id] : []));
  const waiting = headers.filter(({ state, epoch }) => state === 'waiting' && epoch > 0).map(({ id }) => id);
  const browsers = [...links.values()].flatMap(({ browserHash }) => browserHash ?? []);
  const [accepted, cutOff, blocked] = await Promise.all([
    readAccepted(db, live),
    readCutOff(db, waiting),
    readBlockedBrowsers(db, branch.companyId, browsers, now),
  ]);
  const places = await readPlaces(db, { branch, services, headers, now });
  const choicesOf = await readChoices(db, { branch, services, headers, now });
  return new Map(
    headers.map((header) => {
      const { ahead, range } = places.get(header.id) ?? { ahead: null, range: null };
      const offer = accepted.get(header.id);
      const link = links.get(header.id);
      const asked = consents.get(header.id)?.filter((row) => isFor(row, link?.browserHash ?? null)) ?? [];
      const isBlocked = link?.browserHash ? blocked.has(link.browserHash.toString('hex')) : false;
      // Whoever was reported may fetch none (decision 0017).
      const shared = isBlocked ? [] : (files.get(header.id) ?? []);
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
        ...consentsIn(asked),
        ...(shared.length > 0 && { files: shared.map((file) => GuestFile.parse(file)) }),
        ...(offer && { next: { offerId: offer.id, attentionId: offer.nextAttentionId } }),
        ...(cutOff.has(header.id) && { wasCutOff: true }),
        ...choicesOf(header),
        ...(isBlocked && { isBlocked }),
      };
      return [header.id, { linkId: link?.id ?? null, agentId: header.holder?.agentId ?? null, state }];
    }),
  );
}

/** The newest asking: there is at most one open, and it is asked last. */
function consentsIn(rows: ConsentRow[]): Pick<GuestState, 'consent' | 'receipts'> {
  const latest = rows.at(-1);
  if (!latest) return {};
  const receipts = guestReceiptsOf(rows);
  return { consent: guestConsentOf(latest), ...(receipts.length > 0 && { receipts }) };
}

function phaseOf({ state, outcome }: TicketHeader): GuestState['phase'] {
  if (state === 'calling' || state === 'attending') return state;
  if (state !== 'closed') return 'waiting';
  if (outcome === 'noShow') return 'noShow';
  return outcome === 'cancelled' || outcome === 'abandoned' ? 'cancelled' : 'finished';
}
