import { z } from 'zod';
import { ErrorBody } from '../error-codes.ts';
import { AgentId, CommandId, SessionId } from '../ids.ts';
import { Instant } from '../instant.ts';
import { StreamName } from '../change.ts';
import {
  AttentionAcknowledge,
  AttentionBegin,
  AttentionFinish,
  AttentionNoShow,
  AttentionRecall,
  AttentionTouch,
  AttentionTransfer,
} from './attention-commands.ts';
import { CallReportAdd } from './call-commands.ts';
import { ConsentAsk, ConsentRetract } from './consent-commands.ts';
import { ContactEdit, ContactLink } from './contact-commands.ts';
import { GuestBlock } from './guest-commands.ts';
import { MarkAdd } from './mark-commands.ts';
import { MessageRead, MessageSend } from './message-commands.ts';
import { StatusChoose, StatusChooseNext, StatusSetManual } from './status-commands.ts';
import {
  NoteAdd,
  TicketAttendNow,
  TicketCall,
  TicketCancel,
  TicketCreate,
  TicketFree,
  TicketRequeue,
  TicketTransfer,
  TopicsChoose,
} from './ticket-commands.ts';
import { TransferAccept, TransferCancel, TransferDecline, TransferOfferTo } from './transfer-commands.ts';

/** What may wait in the outbox for the line (design.md, Commands; trust R2). */
export const QueueableBody = z.discriminatedUnion('type', [
  StatusChoose,
  StatusChooseNext,
  StatusSetManual,
  NoteAdd,
  TopicsChoose,
  ContactEdit,
  ContactLink,
  AttentionFinish,
  TicketAttendNow,
  MarkAdd,
  CallReportAdd,
]);
export type QueueableBody = z.infer<typeof QueueableBody>;

/** What is refused at the desk while the line is down: it needs the server's word. */
export const OnlineBody = z.discriminatedUnion('type', [
  TicketCreate,
  TicketCall,
  TicketTransfer,
  TicketRequeue,
  TicketCancel,
  TicketFree,
  AttentionAcknowledge,
  AttentionTouch,
  AttentionBegin,
  AttentionRecall,
  AttentionNoShow,
  AttentionTransfer,
  ConsentAsk,
  ConsentRetract,
  MessageSend,
  MessageRead,
  TransferOfferTo,
  TransferCancel,
  TransferAccept,
  TransferDecline,
  GuestBlock,
]);
export type OnlineBody = z.infer<typeof OnlineBody>;

export const CommandBody = z.discriminatedUnion('type', [...QueueableBody.options, ...OnlineBody.options]);
export type CommandBody = z.infer<typeof CommandBody>;
export type CommandType = CommandBody['type'];

/** One act of an agent. The same id delivered again has one effect and one answer for 400 days (trust R9). */
export const AgentCommand = z.strictObject({
  id: CommandId,
  authorId: AgentId,
  /** In which it was made: it says where the agent sat, whenever the command arrives. */
  sessionId: SessionId,
  /** Last known server time plus the monotonic time since; null when made and sent with the line up. */
  occurredAt: Instant.nullable(),
  body: CommandBody,
});
export type AgentCommand = z.infer<typeof AgentCommand>;

/** Where a command's changes stand in the streams: its outbox row goes once the desk's cursors have passed them. */
export const StreamPosition = z.object({ stream: StreamName, seq: z.int().positive() });
export type StreamPosition = z.infer<typeof StreamPosition>;

/**
 * The server's answer to one command. `superseded`, which is no error: the attention had been freed, and the outcome stays on
 * it; or the agent has done something newer elsewhere, and the state chosen here is only kept in the ledger.
 */
export const CommandResult = z.discriminatedUnion('status', [
  z.object({ id: CommandId, status: z.literal('accepted'), positions: z.array(StreamPosition) }),
  z.object({ id: CommandId, status: z.literal('superseded'), positions: z.array(StreamPosition) }),
  z.object({ id: CommandId, status: z.literal('refused'), error: ErrorBody }),
]);
export type CommandResult = z.infer<typeof CommandResult>;
