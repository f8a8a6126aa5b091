import { businessDayOf } from '../../domain/business-day/business-day.ts';
import { mayRenew } from '../../domain/ticket/may-renew.ts';
import type { RenewTurn } from '../../protocol/http/turn-api.ts';
import { nobody, runWork, type Work } from '../changes/work.ts';
import { joinLine } from '../commands/join-line.ts';
import { tellEvent } from '../commands/tell-holder.ts';
import { turnToken } from '../commands/turn-token.ts';
import { Refusal } from '../policies/refusal.ts';
import { findTurn } from '../queries/turn-state.ts';
import { hashSecret } from '../sessions/secrets.ts';
import type { ServerContext } from '../start/server-context.ts';
import { GUEST_BLOCKED, readLastEnds } from '../store/attention-rows.ts';
import { readBranch, readServices } from '../store/service-rows.ts';
import { lockRenewal, lockTicket, type TicketRow } from '../store/ticket-rows.ts';
import { setTurnToken } from '../store/turn-rows.ts';
import { findGuest, guestUrl, putOwnLink, refuseOtherBrowser, refuseReported } from './guest-links.ts';

/**
 * Another turn in the place of one that was closed without an attention, for its customer, at the end of the same line (SPEC PT5).
 * Asked again it is the same turn. Of a guest's page it is a video, with a link of this browser's own. Returns the page on which
 * the customer goes on. `browser` is what its cookie says.
 * @throws Refusal LINK_INVALID for a wrong and for an old token alike, WRONG_STATE where there is none to be had, LINK_USED while
 * another browser was in, GUEST_BLOCKED for one that was reported, and for the turn in which it was
 */
export async function renewTurn(
  context: ServerContext,
  { token, page }: RenewTurn,
  browser: string | null,
  address: string | null = null,
): Promise<string> {
  const isGuest = page === 'video';
  const found = isGuest ? browser && (await findGuest(context, token, browser)) : await findTurn(context, token);
  if (!found) throw new Refusal('LINK_INVALID');
  const { result } = await runWork(context, async (work) => {
    const row = await lockTicket(work.tx, found.companyId, found.ticketId);
    if (!row) throw new Refusal('LINK_INVALID');
    if (!isGuest) await refuseOtherBrowser(work, row.id, browser);
    if ((await readLastEnds(work.tx, [row.id])).get(row.id) === GUEST_BLOCKED) throw new Refusal('GUEST_BLOCKED');
    // Another video is for no browser that was reported in whichever one.
    if (row.header.kind === 'virtual') await refuseReported(work, row, { browser, address: null });
    const renewal = (await renewalOf(work, row, token)) ?? (await renew(work, row, token));
    const isOpen = renewal.header.state !== 'closed';
    const link = isGuest && isOpen && browser !== null ? await putOwnLink(work, renewal, { browser, address }) : null;
    return { link, turn: turnToken(token, renewal.id) };
  });
  const { link, turn } = result;
  return link === null ? `${context.publicUrl}/turn#${turn}` : `${guestUrl(context, link)}.${turn}`;
}

/** The one that is there already; its page is known by what was shown now. */
async function renewalOf(work: Work, row: TicketRow, token: string): Promise<TicketRow | null> {
  const renewal = await lockRenewal(work.tx, row.id);
  if (renewal) work.write(setTurnToken(work.tx, renewal.id, hashSecret(turnToken(token, renewal.id))));
  return renewal;
}

async function renew(work: Work, row: TicketRow, token: string): Promise<TicketRow> {
  const { header, contactId } = row;
  const [branch, services] = await Promise.all([
    readBranch(work.tx, row.branchId),
    readServices(work.tx, row.branchId),
  ]);
  const service = services.find(({ id }) => id === header.serviceId);
  if (!branch || !service || !mayRenew(header, service, businessDayOf(work.now, branch.timeZone))) {
    throw new Refusal('WRONG_STATE');
  }
  const { displayName, documentType, documentLast4, priority, number } = header;
  const joined = await joinLine(work, branch, {
    service,
    services,
    customer: { contactId, names: { displayName, documentType, documentLast4 } },
    kind: header.kind === 'virtual' ? 'virtual' : 'turn',
    priority,
    // One that was made at a desk is nobody's to attend at once.
    origin: header.origin === 'desk' ? 'agent' : header.origin,
    secret: token,
    renews: { id: row.id, number },
  });
  const { header: next } = joined;
  const fact = { type: 'ticket.renewed', number: next.number, turnCode: next.turnCode } as const;
  await tellEvent(work, row, work.record(row, nobody, fact));
  return { ...row, id: next.id, header: next, topicIds: [] };
}
