import { z } from 'zod';
import { StreamName } from '../change.ts';
import { AttentionId, OfferId, TicketId } from '../ids.ts';
import { ReadinessReport } from '../video/readiness.ts';
import { Signal } from '../video/signal.ts';

/** The version of the wire. One line of history each: 1 first. */
export const PROTOCOL_VERSION = 1;

/** First frame of a desk. The handshake carried `Authorization: Device`; the ticket names the session. */
export const Authenticate = z.strictObject({
  type: z.literal('authenticate'),
  protocol: z.int().positive(),
  ticket: z.string().max(200),
  /** Last `seq` that this desk has of each stream; an absent stream starts over. */
  cursors: z.record(StreamName, z.int().nonnegative()),
  /** Schema of a branch's file that this desk can take whole; absent when it wants rows. */
  branchSchema: z.int().positive().optional(),
});

/** Proof of life both ways: every 15 s from a desk, every 10 s from a page. */
export const Ping = z.strictObject({ type: z.literal('ping') });

/** The desk that holds a video ticket, or has accepted it from who does, takes its side of the room, leaves it, and speaks to the guest's browser. */
export const JoinRoom = z.strictObject({ type: z.literal('joinRoom'), ticketId: TicketId });
export const LeaveRoom = z.strictObject({ type: z.literal('leaveRoom'), ticketId: TicketId });
export const DeskSignal = z.strictObject({ type: z.literal('signal'), ticketId: TicketId, signal: Signal });

export const DeskUp = z.discriminatedUnion('type', [Authenticate, Ping, JoinRoom, LeaveRoom, DeskSignal]);
export type DeskUp = z.infer<typeof DeskUp>;

/** A guest who waits says in which mode a video would begin now; the server keeps it for those who attend. */
export const GuestReadiness = z.strictObject({ type: z.literal('readiness'), report: ReadinessReport });

/** What a customer's page may say: another door, another union. */
export const PublicUp = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('watchDisplay'), branch: z.string().max(80) }),
  z.strictObject({ type: z.literal('watchTurn'), token: z.string().max(100) }),
  /** The handshake carried the cookie of a browser that has entered with this token. */
  z.strictObject({
    type: z.literal('watchVideo'),
    token: z.string().max(100),
    /** `seq` of the last message of the chat that this page has. */
    after: z.int().nonnegative().optional(),
  }),
  /** To the desk that attends, or to that of the attention which is named. */
  z.strictObject({ type: z.literal('signal'), signal: Signal, attentionId: AttentionId.optional() }),
  /** Picture or sound of the colleague who has accepted this offer is here. */
  z.strictObject({ type: z.literal('mediaFlows'), offerId: OfferId }),
  z.strictObject({ type: z.literal('ping') }),
  GuestReadiness,
]);
export type PublicUp = z.infer<typeof PublicUp>;
