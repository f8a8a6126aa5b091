import { z } from 'zod';
import { AgentState, AgentStatus } from '../protocol/agent-status.ts';
import { SeatChoice } from '../protocol/http/desk-api.ts';
import { Contact } from '../protocol/contact.ts';
import { ErrorBody } from '../protocol/error-codes.ts';
import { TicketEvent } from '../protocol/event.ts';
import { SharedFile } from '../protocol/files/shared-file.ts';
import { AgentId, CommandId, ServiceId, TicketId, TopicId, UploadId } from '../protocol/ids.ts';
import { Instant } from '../protocol/instant.ts';
import { AgentRole, Branch, Module, Service } from '../protocol/office.ts';
import { QueueReason } from '../protocol/queue-reason.ts';
import { Holder, TicketHeader } from '../protocol/ticket.ts';
import { Consent, Terms } from '../protocol/video/consent.ts';
import { Ice } from '../protocol/video/ice.ts';
import { Message, MessagesRead } from '../protocol/video/message.ts';
import { Signal } from '../protocol/video/signal.ts';
import { TransferOffer } from '../protocol/video/transfer-offer.ts';
import { Act } from './act.ts';
import { Writing } from './writing.ts';

export const DeskAgent = z.object({
  id: AgentId,
  email: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  role: AgentRole,
});
export type DeskAgent = z.infer<typeof DeskAgent>;

/** Where the desk stands between sign-in and sign-out. */
export const SessionFact = z.discriminatedUnion('state', [
  z.object({ state: z.literal('starting') }),
  z.object({
    state: z.literal('signedOut'),
    /** Without the line only the last agents of this desk may come in; the latest first. */
    lastAgentEmails: z.array(z.string()),
    /** Why the desk is here, when it was not the agent's wish. */
    cause: z.enum([
      'fresh',
      'signedOut',
      'revoked',
      'expired',
      'signedInElsewhere',
      'clientTooOld',
      'deskRevoked',
      // It was revoked, and what it kept could not all be removed: nobody signs in before it is started anew.
      'deskNotReset',
    ]),
    /** One line about what happened to the desk's files at start, if anything did. */
    storeNotice: z
      .discriminatedUnion('type', [
        z.object({ type: z.literal('cacheRebuilt'), recovered: z.int(), lost: z.int() }),
        z.object({ type: z.literal('cacheNewer') }),
        z.object({ type: z.literal('noSafeStore') }),
      ])
      .nullable(),
  }),
  z.object({ state: z.literal('changingPassword'), agent: DeskAgent }),
  z.object({
    state: z.literal('choosingSeat'),
    agent: DeskAgent,
    companyName: z.string(),
    isDemo: z.boolean(),
    seats: z.array(SeatChoice),
  }),
  z.object({
    state: z.literal('working'),
    agent: DeskAgent,
    companyName: z.string(),
    isDemo: z.boolean(),
    locale: z.string(),
    country: z.string(),
    branch: Branch,
    module: Module,
    services: z.array(Service),
    mainServices: z.array(ServiceId),
    supportServices: z.array(ServiceId),
    /** Templates of terms and conditions of this company. Absent for none. */
    terms: z.array(Terms).optional(),
  }),
]);
export type SessionFact = z.infer<typeof SessionFact>;

/** The line to the server and what waits for it. */
export const LineFact = z.object({
  state: z.enum(['up', 'connecting', 'down']),
  /** Start of the present state. */
  since: Instant,
  nextTryAt: Instant.nullable(),
  /** Last instant at which this desk knew all that the server had. */
  syncedAt: Instant.nullable(),
  /** Server time minus this machine's clock, in ms: the screen's timers add it. */
  clockOffset: z.int(),
});
export type LineFact = z.infer<typeof LineFact>;

export const StatusFact = z.object({ status: AgentStatus, isPending: z.boolean() });
export type StatusFact = z.infer<typeof StatusFact>;

/** A row of "Turnos en espera". */
export const WaitingRow = z.object({
  header: TicketHeader,
  reasons: z.array(QueueReason),
  isMain: z.boolean(),
});
export type WaitingRow = z.infer<typeof WaitingRow>;

/** The line has changed; the rows themselves are asked for by window. */
export const WaitingFact = z.object({
  /** Grows with every change of order or row. */
  version: z.int().nonnegative(),
  count: z.int().nonnegative(),
  next: WaitingRow.nullable(),
  services: z.array(
    z.object({ serviceId: ServiceId, waiting: z.int().nonnegative(), oldestSince: Instant.nullable() }),
  ),
  tabs: z.object({
    waiting: z.int().nonnegative(),
    attending: z.int().nonnegative(),
    paused: z.int().nonnegative(),
    outOfHours: z.int().nonnegative(),
  }),
});
export type WaitingFact = z.infer<typeof WaitingFact>;

/** A row of "En atención": a ticket that somebody of the branch calls, attends or has paused. */
export const HeldRow = z.object({
  header: TicketHeader.extend({ holder: Holder }),
  /** Start of the call, or of the attention. */
  since: Instant,
  /** Where its agent sits now, else where they did when they called it; null at no module. */
  moduleName: z.string().nullable(),
  /** Last instant at which its agent's desk was known to be there; null while it is. */
  silentSince: Instant.nullable(),
});
export type HeldRow = z.infer<typeof HeldRow>;

/** What is in attention in the branch has changed; the rows themselves are asked for by window. */
export const HeldFact = z.object({
  /** Grows with every change of order or row. */
  version: z.int().nonnegative(),
  count: z.int().nonnegative(),
  /** Those whose agent's desk is silent. */
  silent: z.int().nonnegative(),
});
export type HeldFact = z.infer<typeof HeldFact>;

/** A line of the timeline, with what the desk knows beyond the server. */
export const TimelineLine = z.object({ event: TicketEvent, isPending: z.boolean() });
export type TimelineLine = z.infer<typeof TimelineLine>;

/** The chat of a ticket, with what waits for the server's answer behind it. */
export const ChatView = z.object({
  messages: z.array(z.object({ message: Message, isPending: z.boolean() })),
  read: MessagesRead,
});
export type ChatView = z.infer<typeof ChatView>;

/** A ticket as column 2 and 3 show it. `contact` and `timeline` are null where this desk may not see or does not have them. */
export const TicketView = z.object({
  header: TicketHeader,
  reasons: z.array(QueueReason),
  contact: Contact.nullable(),
  topicIds: z.array(TopicId),
  timeline: z.array(TimelineLine).nullable(),
  /** Absent for none. */
  consents: z.array(Consent).optional(),
  /** Oldest first; null where this desk may not see or does not have them. */
  files: z.array(SharedFile).nullable(),
  /** The chat of a video, in its order. Absent where this desk may not see it, and for none. */
  chat: ChatView.optional(),
  /** Fields of the contact whose edit has not reached the server. */
  pendingFields: z.array(z.string()),
  isPending: z.boolean(),
});
export type TicketView = z.infer<typeof TicketView>;

/** The attention in hand, or null. */
export const CurrentFact = z.object({
  ticket: TicketView.nullable(),
  /** Earliest instant of the next "Llamar nuevamente"; null when no call is left. */
  recallFrom: Instant.nullable(),
  draft: z.string(),
  /** What else the agent has begun to write on it. */
  writings: z.array(Writing),
});
export type CurrentFact = z.infer<typeof CurrentFact>;

/** Tickets that this agent handled, newest first. `drafts`: notes begun on tickets not in hand and never added, oldest first. */
export const HandledFact = z.object({
  tickets: z.array(TicketHeader),
  drafts: z.array(
    // Without a code where the desk does not know the ticket any more.
    z.object({ ticketId: TicketId, turnCode: z.string().nullable(), text: z.string() }),
  ),
  /** What else was begun on tickets that are not in hand, and never sent or added; oldest first. */
  writings: z.array(z.object({ ticketId: TicketId, turnCode: z.string().nullable(), writing: Writing })),
});
export type HandledFact = z.infer<typeof HandledFact>;

/** One segment of "Mi jornada": a state, or an attention within it. */
export const ShiftFact = z.object({
  from: Instant.nullable(),
  segments: z.array(
    z.object({ kind: z.union([AgentState, z.literal('attending')]), from: Instant, until: Instant.nullable() }),
  ),
});
export type ShiftFact = z.infer<typeof ShiftFact>;

/** What the agent did and the server has not got, and what it refused. */
export const OutboxItem = z.object({
  id: CommandId,
  act: Act,
  /** Code and customer of the ticket it is about, for the eye. */
  subject: z.object({ ticketId: TicketId.nullable(), turnCode: z.string().nullable(), name: z.string().nullable() }),
  at: Instant,
});
export type OutboxItem = z.infer<typeof OutboxItem>;

export const OutboxFact = z.object({
  pending: z.array(OutboxItem),
  refused: z.array(OutboxItem.extend({ error: ErrorBody })),
});
export type OutboxFact = z.infer<typeof OutboxFact>;

/** Something to tell the agent once. */
export const NoticeFact = z.discriminatedUnion('type', [
  z.object({ type: z.literal('called'), ticketId: TicketId, turnCode: z.string(), isAutomatic: z.boolean() }),
  z.object({ type: z.literal('returned'), turnCode: z.string(), cause: z.string() }),
  z.object({ type: z.literal('superseded'), turnCode: z.string() }),
  /** What was chosen here without the line came after a newer act of the same agent: the newer one holds. */
  z.object({
    type: z.literal('statusSuperseded'),
    act: z.enum(['status.choose', 'status.chooseNext', 'status.setManual']),
  }),
  z.object({ type: z.literal('statusApplied'), state: AgentState }),
  z.object({ type: z.literal('firstWaiting'), turnCode: z.string() }),
  /** The cached tickets of a branch were damaged and come anew from the server; nothing of the agent's is lost. */
  z.object({ type: z.literal('cacheRebuilt') }),
]);
export type NoticeFact = z.infer<typeof NoticeFact>;

/** A link from outside names this ticket: the screen shows it, and nothing more is done (trust B88). */
export const LinkedFact = z.object({ ticketId: TicketId });
export type LinkedFact = z.infer<typeof LinkedFact>;

/** The room of the video that this window has joined; null ticket for none. */
export const RoomFact = z.object({
  ticketId: TicketId.nullable(),
  /** Whether what is said reaches the server. */
  isLineUp: z.boolean(),
  isGuestHere: z.boolean(),
  /** Null until the server has told it. */
  ice: Ice.nullable(),
});
export type RoomFact = z.infer<typeof RoomFact>;

/** What the guest's browser says to this one. */
export const SignalFact = z.object({ ticketId: TicketId, signal: Signal });
export type SignalFact = z.infer<typeof SignalFact>;

/** A file that this window sends. It leaves the list once it is shared; refused, when the agent takes it off (`files.cancel`). */
export const UploadItem = z.object({
  id: UploadId,
  ticketId: TicketId,
  /** As the agent's machine calls it. */
  name: z.string(),
  bytes: z.int().positive(),
  /** Bytes that the server has. */
  sent: z.int().nonnegative(),
  state: z.discriminatedUnion('name', [
    z.object({ name: z.literal('sending') }),
    /** The line is down: it goes on from `sent` when it is up again. */
    z.object({ name: z.literal('waitingForLine') }),
    /** All of it is there, and the server looks it through. */
    z.object({ name: z.literal('checking') }),
    z.object({ name: z.literal('refused'), error: ErrorBody }),
  ]),
});
export type UploadItem = z.infer<typeof UploadItem>;

/** Oldest first. */
export const UploadsFact = z.object({ uploads: z.array(UploadItem) });
export type UploadsFact = z.infer<typeof UploadsFact>;
/** Live videos that pass between colleagues: the last that this agent offered, and the last offered to them, until the next. */
export const TransferFact = z.object({ own: TransferOffer.nullable(), toMe: TransferOffer.nullable() });
export type TransferFact = z.infer<typeof TransferFact>;

/** As the browser names a device. */
const DeviceName = z.string().max(200).nullable();

export const Preferences = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  language: z.enum(['es', 'pt', 'en']),
  soundVolume: z.number().min(0).max(1),
  /** Those of the video that this machine's browser is to use if they are there; absent before the first choice. */
  devices: z.object({ camera: DeviceName, microphone: DeviceName, speaker: DeviceName }).optional(),
});
export type Preferences = z.infer<typeof Preferences>;
