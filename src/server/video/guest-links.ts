import { v7 as uuidv7 } from 'uuid';
import type { TicketHeader } from '../../protocol/ticket.ts';
import { GuestToken, type GuestLink, type InviteGuest } from '../../protocol/video/guest-link.ts';
import { nobody, runWork, type Actor, type Work } from '../changes/work.ts';
import { tellConsent, tellEvent } from '../commands/tell-holder.ts';
import { attendsService, ownTicket } from '../policies/may-touch-ticket.ts';
import { Refusal } from '../policies/refusal.ts';
import { findTurn } from '../queries/turn-state.ts';
import { hashSecret, newSecret } from '../sessions/secrets.ts';
import type { ServerContext } from '../start/server-context.ts';
import { readAuthor, type SessionAuthor } from '../store/author-rows.ts';
import { retractFromGuest } from '../store/consent-rows.ts';
import { isAddressBlocked, isBrowserBlocked } from '../store/guest-block-rows.ts';
import {
  enterGuestLink,
  insertGuestLink,
  lockGuestLink,
  readGuestLink,
  readLinkOf,
  revokeGuestLink,
  type GuestLinkRow,
} from '../store/guest-link-rows.ts';
import { lockTicket, type TicketRow } from '../store/ticket-rows.ts';

/** Somebody enters within this time, or the link is worth nothing (trust T1). */
const ENTERED_WITHIN_MS = 15 * 60_000;

/** A guest may read how it ended this long. */
export const SEEN_AFTER_END_MS = 24 * 3_600_000;

interface Asking {
  agentId: string;
  companyId: string;
  deviceId: string;
  id: string;
}

/**
 * Makes the link of a video ticket, for who holds it or, while nobody does, who attends its service. The one before is revoked:
 * a ticket has one guest.
 * @throws Refusal LINK_USED while somebody is in by the one before, unless they are to be out
 */
export async function createGuestLink(
  context: ServerContext,
  session: Asking,
  ticketId: string,
  { isReplacing }: InviteGuest = { isReplacing: false },
): Promise<GuestLink> {
  const token = newSecret();
  const id = uuidv7() as GuestLink['id'];
  const { result: expiresAt } = await runWork(context, async (work) => {
    const { row, actor } = await ownVideo(work, session, ticketId);
    if (!isReplacing && (await readLinkOf(work.tx, row.id))?.browserHash) throw new Refusal('LINK_USED');
    const until = await putLink(work, row, { id, token, agentId: session.agentId });
    await takeBackAskings(work, row);
    await tellEvent(work, row, work.record(row, actor, { type: 'guestLink.created' }));
    return until;
  });
  return { id, url: guestUrl(context, token), expiresAt };
}

export const guestUrl = ({ publicUrl }: Pick<ServerContext, 'publicUrl'>, token: string): string =>
  `${publicUrl}/video#${token}`;

/** In place of the one before. Returns until when somebody may enter with it. */
async function putLink(
  work: Work,
  { id: ticketId, header }: TicketRow,
  { id, token, agentId }: { id: string; token: string; agentId: string | null },
): Promise<number> {
  const expiresAt = work.now + ENTERED_WITHIN_MS;
  await revokeGuestLink(work.tx, ticketId, work.now);
  work.write(
    insertGuestLink(work.tx, { id, ticketId, tokenHash: hashSecret(token), agentId, at: work.now, expiresAt }),
  );
  sayLinkChanged(work, header);
  return expiresAt;
}

/**
 * A link that is this browser's from the beginning: its customer is on the page already. Returns the token.
 * @throws Refusal GUEST_BLOCKED for one that was reported
 */
export async function putOwnLink(
  work: Work,
  row: TicketRow,
  { browser, address }: { browser: string; address: string | null },
): Promise<string> {
  const isIn = await refuseOtherBrowser(work, row.id, browser);
  await refuseReported(work, row, { browser, address: isIn ? null : address });
  const id = uuidv7();
  const token = newSecret();
  await putLink(work, row, { id, token, agentId: null });
  work.write(enterGuestLink(work.tx, { id, browserHash: hashSecret(browser), address, at: work.now }));
  if (!isIn) await tellEvent(work, row, work.record(row, nobody, { type: 'guest.entered' }));
  return token;
}

/**
 * Whether this browser is in already.
 * @throws Refusal LINK_USED where another browser is in
 */
export async function refuseOtherBrowser(work: Work, ticketId: string, browser: string | null): Promise<boolean> {
  const before = (await readLinkOf(work.tx, ticketId))?.browserHash;
  if (before && (browser === null || !before.equals(hashSecret(browser)))) throw new Refusal('LINK_USED');
  return Boolean(before);
}

/**
 * The same for the customer's own turn page (product "Turno portable"). Its code is on a kiosk's screen: once a browser has
 * entered, only that one is let through; `browser` is what its cookie says.
 * @throws Refusal LINK_INVALID for a wrong and for an old token alike, WRONG_STATE for a turn without video or at its end,
 * LINK_USED for another browser, GUEST_BLOCKED for one that was reported
 */
export async function inviteByTurn(
  context: ServerContext,
  turnToken: string,
  browser: string | null,
  address: string | null = null,
): Promise<string> {
  const turn = await findTurn(context, turnToken);
  if (!turn) throw new Refusal('LINK_INVALID');
  const token = newSecret();
  await runWork(context, async (work) => {
    const row = await lockTicket(work.tx, turn.companyId, turn.ticketId);
    if (row?.header.kind !== 'virtual' || row.header.state === 'closed') throw new Refusal('WRONG_STATE');
    const isIn = await refuseOtherBrowser(work, row.id, browser);
    await refuseReported(work, row, { browser, address: isIn ? null : address });
    await putLink(work, row, { id: uuidv7(), token, agentId: null });
    await tellEvent(work, row, work.record(row, nobody, { type: 'guestLink.created' }));
  });
  return guestUrl(context, token);
}

/** Whoever came in by it is out. There being none is no error: it is what was wanted. */
export async function revokeLink(context: ServerContext, session: Asking, ticketId: string): Promise<void> {
  await runWork(context, async (work) => {
    const { row, actor } = await ownVideo(work, session, ticketId);
    if (!(await revokeGuestLink(work.tx, row.id, work.now))) return;
    await tellEvent(work, row, work.record(row, actor, { type: 'guestLink.revoked' }));
    await takeBackAskings(work, row);
    sayLinkChanged(work, row.header);
  });
}

/** Takes the link of a ticket away, whoever made it. Whether there was one. */
export async function endLink(work: Work, row: TicketRow): Promise<boolean> {
  const isThere = await revokeGuestLink(work.tx, row.id, work.now);
  if (isThere) await takeBackAskings(work, row);
  return isThere;
}

/** Whoever was in is out, and answers nothing any more: that is written down by `evidence/record-unanswered`. */
async function takeBackAskings(work: Work, row: TicketRow): Promise<void> {
  for (const id of await retractFromGuest(work.tx, row.id, work.now)) await tellConsent(work, row, id);
}

/**
 * Somebody pressed "Entrar": the first browser has the link from then on, and comes back with it as often as it likes.
 * `browser` is what its cookie says, `address` where it is (`clientAddress`).
 * @throws Refusal LINK_INVALID for a wrong, old, revoked or ended link alike; LINK_USED in another browser; GUEST_BLOCKED in one
 * that an agent has reported in a video of this company, or at its address, where it is in by no link yet
 */
export async function enterVideo(
  context: ServerContext,
  token: string,
  browser: string,
  address: string | null = null,
): Promise<void> {
  if (!GuestToken.safeParse(token).success) throw new Refusal('LINK_INVALID');
  await runWork(context, async (work) => {
    const found = await readGuestLink(work.tx, hashSecret(token));
    // A ticket is always locked before its link.
    const row = found && (await lockTicket(work.tx, found.companyId, found.ticketId));
    const link = found && (await lockGuestLink(work.tx, found.id));
    if (found) await refuseReported(work, found, { browser, address: null });
    if (!row || !link || !isGood(link, work.now)) throw new Refusal('LINK_INVALID');
    const browserHash = hashSecret(browser);
    if (link.browserHash?.equals(browserHash)) return;
    if (link.browserHash) throw new Refusal('LINK_USED');
    await refuseReported(work, row, { browser: null, address });
    work.write(enterGuestLink(work.tx, { id: link.id, browserHash, address, at: work.now }));
    await tellEvent(work, row, work.record(row, nobody, { type: 'guest.entered' }));
  });
}

/**
 * Trust T30, decision 0017.
 * @throws Refusal GUEST_BLOCKED
 */
export async function refuseReported(
  { tx, now }: Work,
  { companyId }: { companyId: string },
  { browser, address }: { browser: string | null; address: string | null },
): Promise<void> {
  const isBlocked =
    (browser !== null && (await isBrowserBlocked(tx, { companyId, browserHash: hashSecret(browser) }, now))) ||
    (address !== null && (await isAddressBlocked(tx, { companyId, address }, now)));
  if (isBlocked) throw new Refusal('GUEST_BLOCKED');
}

/** The ticket into which this browser has entered with this token; null where it has not, or may not any more. */
export async function findGuest(
  context: ServerContext,
  token: string,
  browser: string,
): Promise<(Pick<GuestLinkRow, 'id' | 'ticketId' | 'branchId' | 'companyId'> & { browserHash: Buffer }) | null> {
  if (!GuestToken.safeParse(token).success) return null;
  const link = await readGuestLink(context.store.db, hashSecret(token));
  const browserHash = hashSecret(browser);
  if (!link?.browserHash?.equals(browserHash) || link.isRevoked) return null;
  if (link.closedAt !== null && link.closedAt < context.clock() - SEEN_AFTER_END_MS) return null;
  return { ...link, browserHash };
}

/** A link that was entered lives as long as its ticket. */
const isGood = ({ isRevoked, closedAt, browserHash, expiresAt }: GuestLinkRow, now: number): boolean =>
  !isRevoked && closedAt === null && (browserHash !== null || now < expiresAt);

async function ownVideo(work: Work, session: Asking, ticketId: string): Promise<{ row: TicketRow; actor: Actor }> {
  const { agentId, companyId, deviceId, id: sessionId } = session;
  const [author, found] = await Promise.all([
    readAuthor(work.tx, { agentId, deviceId, sessionId }, work.now),
    lockTicket(work.tx, companyId, ticketId),
  ]);
  if (!author) throw new Refusal('NOT_FOUND', { field: 'ticketId' });
  const row = ownTicket(author, found);
  if (!mayInvite(author, row.header)) throw new Refusal('FORBIDDEN');
  if (row.header.kind !== 'virtual' || row.header.state === 'closed') throw new Refusal('WRONG_STATE');
  return { row, actor: { agentId, agentName: author.name, eventId: null } };
}

const mayInvite = (author: SessionAuthor, { holder, serviceId }: TicketHeader): boolean =>
  holder ? holder.agentId === author.agentId : attendsService(author, serviceId);

/** The header as it is: pages that watch the ticket look at their link again. */
function sayLinkChanged(work: Work, header: TicketHeader): void {
  work.say('branch', header.branchId, { type: 'ticket.put', header });
}
