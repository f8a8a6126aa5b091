import type { TicketId } from '../../protocol/ids.ts';
import type { OfferColleagues } from '../../protocol/video/transfer-offer.ts';
import { DeskError } from '../desk-error.ts';
import type { SessionKey } from '../sync/keys.ts';
import type { ServerApi } from '../sync/server-api.ts';

/** To whom the video in hand could be offered: the server knows who is free. */
export const createColleagues =
  (api: Pick<ServerApi, 'colleagues'>, key: () => SessionKey | null) =>
  async (ticketId: TicketId): Promise<OfferColleagues> => {
    const found = key();
    if (!found) throw new DeskError('NEEDS_LINE');
    return api.colleagues(found, ticketId);
  };
