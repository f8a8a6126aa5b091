import type { TicketId } from '../../protocol/ids.ts';
import type { GuestLink, InviteGuest } from '../../protocol/video/guest-link.ts';
import { DeskError } from '../desk-error.ts';
import type { SessionKey } from '../sync/keys.ts';
import type { ServerApi } from '../sync/server-api.ts';

/** Links for the guests of this agent's videos: made by the server, shown once, kept nowhere on the desk. */
export function createInvitations(
  api: Pick<ServerApi, 'createGuestLink' | 'revokeGuestLink'>,
  key: () => SessionKey | null,
) {
  const session = (): SessionKey => {
    const found = key();
    if (!found) throw new DeskError('NEEDS_LINE');
    return found;
  };
  return {
    create: async (ticketId: TicketId, input: InviteGuest): Promise<GuestLink> =>
      api.createGuestLink(session(), ticketId, input),
    revoke: async (ticketId: TicketId): Promise<void> => api.revokeGuestLink(session(), ticketId),
  };
}

export type Invitations = ReturnType<typeof createInvitations>;
