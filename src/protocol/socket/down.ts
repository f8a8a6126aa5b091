import { z } from 'zod';
import { Change, ChangeBody, StreamName } from '../change.ts';
import { ErrorBody } from '../error-codes.ts';
import { DisplayState, TurnState } from '../http/public-api.ts';
import { AgentId, AttentionId, BranchId, TicketId } from '../ids.ts';
import { Instant } from '../instant.ts';
import { GuestState } from '../video/guest-state.ts';
import { Ice } from '../video/ice.ts';
import { GuestMessage, MessagesRead } from '../video/message.ts';
import { Signal } from '../video/signal.ts';
import { TransferOffer } from '../video/transfer-offer.ts';

export const Welcome = z.object({
  type: z.literal('welcome'),
  serverTime: Instant,
  agentId: AgentId,
  branchId: BranchId,
  /** The streams that this desk follows. */
  streams: z.array(StreamName),
});

/** What came after the desk's cursor, in order and without a gap. */
export const Changes = z.object({ type: z.literal('changes'), stream: StreamName, changes: z.array(Change).min(1) });

/** Start over: forget the stream, these rows are its state at `seq`. Several parts, the last one says so. */
export const Snapshot = z.object({
  type: z.literal('snapshot'),
  stream: StreamName,
  seq: z.int().nonnegative(),
  isFirst: z.boolean(),
  isLast: z.boolean(),
  bodies: z.array(ChangeBody),
});

/**
 * Start over with a ready file: `GET /v1/desk/branches/<id>/images/<sha256>`, SQLite packed with zstd, holds the stream's state
 * at `seq`. The connection ends with this frame; the desk comes back with its new cursor, or without `branchSchema` for rows.
 */
export const Image = z.object({
  type: z.literal('image'),
  stream: StreamName,
  seq: z.int().nonnegative(),
  schemaVersion: z.int().positive(),
  /** Of the packed file, as is the hash (SHA-256, hex). */
  bytes: z.int().positive(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Of the file that it unpacks to. */
  fileBytes: z.int().positive(),
});
export type Image = z.infer<typeof Image>;

/** All that was missed has been sent. */
export const CaughtUp = z.object({ type: z.literal('caughtUp'), serverTime: Instant });

export const Pong = z.object({ type: z.literal('pong'), serverTime: Instant });

export const SocketError = z.object({ type: z.literal('error'), error: ErrorBody });

/** Whether the other side of a room is there. Told on joining, and whenever it comes or goes. */
export const Room = z.object({ type: z.literal('room'), ticketId: TicketId, isOtherHere: z.boolean() });
/** How this side of a room may reach the other: on joining, and again before it expires. */
export const DeskIce = z.object({ type: z.literal('ice'), ticketId: TicketId, ice: Ice });
/** What the guest's browser says to the agent's. */
export const DeskSignal = z.object({ type: z.literal('signal'), ticketId: TicketId, signal: Signal });

/** On connecting: all open offers of this agent and to them. One that a desk knows as open and that is not here is over. */
export const Transfers = z.object({ type: z.literal('transfers'), offers: z.array(TransferOffer) });

export const DeskDown = z.discriminatedUnion('type', [
  Welcome,
  Changes,
  Snapshot,
  Image,
  CaughtUp,
  Pong,
  Room,
  DeskIce,
  DeskSignal,
  Transfers,
  SocketError,
]);
export type DeskDown = z.infer<typeof DeskDown>;

/** The agent's side that a word of a guest's room is about; absent: that of the attention in force. */
const ofAgent = { attentionId: AttentionId.optional() };

export const PublicDown = z.discriminatedUnion('type', [
  z.object({ type: z.literal('display'), state: DisplayState }),
  z.object({ type: z.literal('turn'), state: TurnState }),
  z.object({ type: z.literal('video'), state: GuestState }),
  z.object({ type: z.literal('room'), isOtherHere: z.boolean(), ...ofAgent }),
  z.object({ type: z.literal('ice'), ice: Ice }),
  /** The chat, those that this page has not got yet, in parts; and how far each side has read, which may be all that is new. */
  z.object({ type: z.literal('messages'), messages: z.array(GuestMessage), read: MessagesRead }),
  z.object({ type: z.literal('signal'), signal: Signal, ...ofAgent }),
  Pong,
  SocketError,
]);
export type PublicDown = z.infer<typeof PublicDown>;

/** Close codes beyond RFC 6455: 4401 session ended or ticket bad, 4409 another socket of this desk took over. */
export const CLOSE_UNAUTHENTICATED = 4401;
export const CLOSE_REPLACED = 4409;
