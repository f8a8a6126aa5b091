import { z } from 'zod';
import { ContactMatch, SearchText } from '../protocol/contact.ts';
import { BranchId, CommandId, ModuleId, TicketId } from '../protocol/ids.ts';
import { GuestLink } from '../protocol/video/guest-link.ts';
import { Signal } from '../protocol/video/signal.ts';
import { Act } from './act.ts';
import {
  CurrentFact,
  HandledFact,
  HeldFact,
  HeldRow,
  LineFact,
  LinkedFact,
  NoticeFact,
  OutboxFact,
  Preferences,
  RoomFact,
  SessionFact,
  ShiftFact,
  SignalFact,
  StatusFact,
  TicketView,
  WaitingFact,
  WaitingRow,
} from './facts.ts';

const call = <Input extends z.ZodType, Output extends z.ZodType>(input: Input, output: Output) => ({ input, output });
const nothing = z.null();
const actDone = z.object({
  /** The ticket made or touched, so that the screen may open it. */
  ticketId: TicketId.nullable(),
  turnCode: z.string().nullable(),
});

/** What the renderer may ask of main. A call absent here does not exist. A failure is an `ErrorBody`. */
export const calls = {
  'session.signIn': call(z.strictObject({ email: z.string().max(254), password: z.string().max(256) }), nothing),
  'session.changePassword': call(z.strictObject({ current: z.string().max(256), next: z.string().max(256) }), nothing),
  'session.takeSeat': call(z.strictObject({ branchId: BranchId, moduleId: ModuleId }), nothing),
  /** Refused with BUSY_AGENT while a ticket is being called or attended (S2-53). */
  'session.signOut': call(z.strictObject({}), nothing),
  /** Queueable acts answer once they are safe in the outbox; the others once the server has answered. */
  act: call(Act, actDone),
  'waiting.window': call(
    z.strictObject({ from: z.int().nonnegative(), to: z.int().positive() }),
    z.object({ version: z.int(), rows: z.array(WaitingRow) }),
  ),
  'held.window': call(
    z.strictObject({ from: z.int().nonnegative(), to: z.int().positive() }),
    z.object({ version: z.int(), rows: z.array(HeldRow) }),
  ),
  /** A ticket by id: from the cache, or asked of the server (audited) when the desk does not hold its content. */
  'ticket.open': call(z.strictObject({ ticketId: TicketId }), TicketView),
  /** Takes this desk's side of the room of the video in hand, and keeps it over outages until `video.leave`. */
  'video.join': call(z.strictObject({ ticketId: TicketId }), nothing),
  'video.leave': call(z.strictObject({ ticketId: TicketId }), nothing),
  /** To the guest's browser; lost while the line is down. */
  'video.say': call(z.strictObject({ ticketId: TicketId, signal: Signal }), nothing),
  /** Refused with LINK_USED while somebody is in by the link before, unless `isReplacing`. */
  'video.invite': call(z.strictObject({ ticketId: TicketId, isReplacing: z.boolean() }), GuestLink),
  'video.revoke': call(z.strictObject({ ticketId: TicketId }), z.literal('revoked')),
  'contacts.search': call(z.strictObject({ search: SearchText }), z.object({ matches: z.array(ContactMatch) })),
  'draft.save': call(z.strictObject({ ticketId: TicketId, text: z.string().max(4000) }), nothing),
  'outbox.retry': call(z.strictObject({ id: CommandId }), nothing),
  /** Does an act in place of refused ones that the agent has corrected; they go once it is safe, not before. */
  'outbox.replace': call(z.strictObject({ ids: z.array(CommandId).min(1).max(100), act: Act }), actDone),
  'outbox.discard': call(z.strictObject({ id: CommandId }), nothing),
  'line.retryNow': call(z.strictObject({}), nothing),
  /** Some input at this desk; throttled by the renderer to one a second. */
  'input.seen': call(z.strictObject({}), nothing),
  'preferences.set': call(Preferences, nothing),
};
export type CallName = keyof typeof calls;
export type CallInput<Name extends CallName> = z.infer<(typeof calls)[Name]['input']>;
export type CallOutput<Name extends CallName> = z.infer<(typeof calls)[Name]['output']>;

/** What main tells the renderer. Facts, never requests; the latest of each is told again on attach, but for `PassingFact`s. */
export const facts = {
  'session.changed': SessionFact,
  'line.changed': LineFact,
  'status.changed': StatusFact,
  'waiting.changed': WaitingFact,
  'current.changed': CurrentFact,
  'handled.changed': HandledFact,
  'shift.changed': ShiftFact,
  'outbox.changed': OutboxFact,
  'held.changed': HeldFact,
  'preferences.changed': Preferences,
  'notice.raised': NoticeFact,
  'ticket.linked': LinkedFact,
  'room.changed': RoomFact,
  'signal.heard': SignalFact,
};
export type FactName = keyof typeof facts;
export type Fact<Name extends FactName> = z.infer<(typeof facts)[Name]>;
/** Told once, to the windows that are there. */
export type PassingFact = 'notice.raised' | 'ticket.linked' | 'signal.heard';

/** Main implements this map; a missing or mistyped handler does not compile. */
export type Handlers = {
  [Name in CallName]: (input: CallInput<Name>) => CallOutput<Name> | Promise<CallOutput<Name>>;
};
