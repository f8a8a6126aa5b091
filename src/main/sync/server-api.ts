import { z } from 'zod';
import type { AgentCommand } from '../../protocol/commands/agent-command.ts';
import {
  CommandResults,
  ContactMatches,
  ReservedBlocks,
  SignedIn,
  SocketTicket,
  type ChangePassword,
  type DeliverCommands,
  type ReserveBlocks,
  type SignIn,
  type TakeSeat,
} from '../../protocol/http/desk-api.ts';
import type { TicketId } from '../../protocol/ids.ts';
import { TicketContent } from '../../protocol/ticket-content.ts';
import { GuestLink, type InviteGuest } from '../../protocol/video/guest-link.ts';
import { OfferColleagues } from '../../protocol/video/transfer-offer.ts';
import { deviceHeaders, sessionHeaders, type DeviceKey, type SessionKey } from './keys.ts';
import { isAway } from './no-answer.ts';
import { createServerRequests, type ServerRequestsOptions } from './server-requests.ts';

export interface ServerApi {
  signIn: (input: SignIn, device: DeviceKey | null) => Promise<SignedIn>;
  takeSeat: (key: SessionKey, input: TakeSeat) => Promise<void>;
  changePassword: (key: SessionKey, input: ChangePassword) => Promise<void>;
  signOut: (key: SessionKey) => Promise<void>;
  socketTicket: (key: SessionKey) => Promise<SocketTicket>;
  deliver: (device: DeviceKey, commands: readonly AgentCommand[], timeoutMs: number) => Promise<CommandResults>;
  reserveBlocks: (key: SessionKey, input: ReserveBlocks) => Promise<ReservedBlocks>;
  searchContacts: (key: SessionKey, search: string) => Promise<ContactMatches>;
  /** The link by which the guest of a video comes in; the one before is revoked. */
  createGuestLink: (key: SessionKey, ticketId: TicketId, input: InviteGuest) => Promise<GuestLink>;
  revokeGuestLink: (key: SessionKey, ticketId: TicketId) => Promise<void>;
  /** To whom the video in hand could be offered. */
  colleagues: (key: SessionKey, ticketId: TicketId) => Promise<OfferColleagues>;
  /** The content of a ticket that this desk does not have, read on demand; the server audits it. */
  ticketContent: (key: SessionKey, ticketId: TicketId) => Promise<TicketContent>;
  /**
   * A part of an offered image, from byte `from` to its end; ends early, with NoAnswerError, when the line is cut.
   * `sha256`: of the whole.
   */
  image: (
    key: SessionKey,
    wanted: { branchId: string; sha256: string; from: number },
    stopped: AbortSignal,
  ) => AsyncIterable<Buffer>;
  /** Whether the server can work; an enrolled desk shows its key, so that one that was revoked hears of it. Never throws. */
  isAlive: (device: DeviceKey | null) => Promise<boolean>;
  close: () => void;
}

const nothing = z.unknown().transform(() => undefined);

/** The server's HTTP side: what a desk asks of it (`createServerRequests` for what each call throws). */
export function createServerApi(serverUrl: URL, options: ServerRequestsOptions): ServerApi {
  const { ask, rest, close } = createServerRequests(serverUrl, options);

  return {
    signIn: (input, device) =>
      ask({
        method: 'POST',
        path: '/v1/sessions',
        headers: device ? deviceHeaders(device) : {},
        body: input,
        answer: SignedIn,
      }),
    takeSeat: (key, input) =>
      ask({
        method: 'POST',
        path: '/v1/sessions/current/seat',
        headers: sessionHeaders(key),
        body: input,
        answer: nothing,
      }),
    changePassword: (key, input) =>
      ask({
        method: 'POST',
        path: '/v1/sessions/current/password',
        headers: sessionHeaders(key),
        body: input,
        answer: nothing,
      }),
    signOut: (key) =>
      ask({ method: 'DELETE', path: '/v1/sessions/current', headers: sessionHeaders(key), answer: nothing }),
    socketTicket: (key) =>
      ask({
        method: 'POST',
        path: '/v1/sessions/current/socket-tickets',
        headers: sessionHeaders(key),
        body: {},
        answer: SocketTicket,
      }),
    deliver: (device, commands, timeoutMs) =>
      ask({
        method: 'POST',
        path: '/v1/desk/commands',
        headers: deviceHeaders(device),
        body: { commands: [...commands] } satisfies DeliverCommands,
        answer: CommandResults,
        timeoutMs,
      }),
    reserveBlocks: (key, input) =>
      ask({
        method: 'POST',
        path: '/v1/desk/blocks',
        headers: sessionHeaders(key),
        body: input,
        answer: ReservedBlocks,
      }),
    searchContacts: (key, search) =>
      ask({
        method: 'GET',
        path: `/v1/desk/contacts?search=${encodeURIComponent(search)}`,
        headers: sessionHeaders(key),
        answer: ContactMatches,
      }),
    createGuestLink: (key, ticketId, body) =>
      ask({
        method: 'POST',
        path: `/v1/desk/tickets/${ticketId}/guest-links`,
        headers: sessionHeaders(key),
        body,
        answer: GuestLink,
      }),
    revokeGuestLink: (key, ticketId) =>
      ask({
        method: 'DELETE',
        path: `/v1/desk/tickets/${ticketId}/guest-links`,
        headers: sessionHeaders(key),
        answer: nothing,
      }),
    colleagues: (key, ticketId) =>
      ask({
        method: 'GET',
        path: `/v1/desk/tickets/${ticketId}/colleagues`,
        headers: sessionHeaders(key),
        answer: OfferColleagues,
      }),
    ticketContent: (key, ticketId) =>
      ask({
        method: 'GET',
        path: `/v1/desk/tickets/${ticketId}/content`,
        headers: sessionHeaders(key),
        answer: TicketContent,
      }),
    image: (key, { branchId, sha256, from }, stopped) =>
      rest({
        path: `/v1/desk/branches/${branchId}/images/${sha256}`,
        headers: { ...sessionHeaders(key), 'if-range': `"${sha256}"` },
        from,
        stopped,
      }),
    isAlive: (device) =>
      (device
        ? ask({ method: 'GET', path: '/v1/desk/device', headers: deviceHeaders(device), answer: nothing })
        : ask({ method: 'GET', path: '/readyz', headers: {}, answer: z.object({ status: z.literal('ok') }) })
      ).then(
        () => true,
        (error: unknown) => !isAway(error),
      ),
    close,
  };
}
