import { whyNoHop } from '../../domain/ticket/may-hop.ts';
import type { HopTurn } from '../../protocol/http/turn-api.ts';
import { nobody, runWork } from '../changes/work.ts';
import { moveTicket } from '../commands/move-ticket.ts';
import { Refusal } from '../policies/refusal.ts';
import { findTurn } from '../queries/turn-state.ts';
import type { ServerContext } from '../start/server-context.ts';
import { readServices } from '../store/service-rows.ts';
import { lockTicket } from '../store/ticket-rows.ts';
import { endLink, guestUrl, putOwnLink, refuseOtherBrowser } from './guest-links.ts';

/**
 * The customer of a waiting turn passes to the video, or back to the counter (SPEC PT1). `browser` is what its cookie says, or is to
 * say: the link of the video is that browser's alone. Asked twice it is done once; each time the video has a new link. Returns
 * the page on which the customer goes on.
 * @throws Refusal LINK_INVALID for a wrong and for an old token alike, WRONG_STATE once it is called or over, or where its service does
 * not go both ways, TOO_MANY_HOPS, LINK_USED while another browser is in, GUEST_BLOCKED for one that was reported
 */
export async function hopTurn(
  context: ServerContext,
  { token, to }: HopTurn,
  browser: string,
  address: string | null = null,
): Promise<string> {
  const turn = await findTurn(context, token);
  if (!turn) throw new Refusal('LINK_INVALID');
  const { result: linkToken } = await runWork(context, async (work) => {
    const row = await lockTicket(work.tx, turn.companyId, turn.ticketId);
    if (!row) throw new Refusal('LINK_INVALID');
    const services = await readServices(work.tx, row.branchId);
    const kind = to === 'video' ? 'virtual' : 'turn';
    const service = services.find(({ id }) => id === row.header.serviceId);
    const isThere = row.header.state === 'waiting' && row.header.kind === kind;
    const why = isThere ? null : whyNoHop(row.header, service);
    if (why) throw new Refusal(why);
    await refuseOtherBrowser(work, row.id, browser);
    // Before the ticket moves: who was in is told of the counter by the same word.
    if (kind === 'turn') await endLink(work, row);
    if (!isThere) {
      await moveTicket(work, row, { type: 'hop', to: kind }, { type: 'ticket.hopped', to }, nobody);
    }
    return kind === 'virtual' ? putOwnLink(work, row, { browser, address }) : null;
  });
  return linkToken === null ? `${context.publicUrl}/turn#${token}` : `${guestUrl(context, linkToken)}.${token}`;
}
