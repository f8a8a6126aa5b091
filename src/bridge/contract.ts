import { z } from 'zod';
import { ContactMatch, SearchText } from '../protocol/contact.ts';
import { BranchId, CommandId, FileId, ModuleId, TicketId, UploadId } from '../protocol/ids.ts';
import { GuestLink } from '../protocol/video/guest-link.ts';
import { Signal } from '../protocol/video/signal.ts';
import { OfferColleagues } from '../protocol/video/transfer-offer.ts';
import { Act } from './act.ts';
import { Writing, WritingKind } from './writing.ts';
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
  UploadsFact,
  TransferFact,
  WaitingFact,
  WaitingRow,
} from './facts.ts';
import { ScreenSource } from './screen-source.ts';

const call = <Input extends z.ZodType, Output extends z.ZodType>(input: Input, output: Output) => ({ input, output });
const nothing = z.null();
/** Bytes of a file that cross the bridge at a time: with what base64 adds they fit a frame of any host. A multiple of three. */
export const MAXIMUM_BRIDGE_CHUNK = 126 * 1024;
/** A file that main has saved for the agent: a handle, never a path (trust B83). */
export const SavedFileId = z.uuid().brand<'SavedFileId'>();
export type SavedFileId = z.infer<typeof SavedFileId>;
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
  /** The agent presses to call this guest: camera and microphone may be asked for while the server is. */
  'video.prepare': call(z.strictObject({ ticketId: TicketId }), nothing),
  /** Takes this desk's side of the room of the video in hand, and keeps it over outages until `video.leave`. */
  'video.join': call(z.strictObject({ ticketId: TicketId }), nothing),
  'video.leave': call(z.strictObject({ ticketId: TicketId }), nothing),
  /** To the guest's browser; lost while the line is down. */
  'video.say': call(z.strictObject({ ticketId: TicketId, signal: Signal }), nothing),
  /** Refused with LINK_USED while somebody is in by the link before, unless `isReplacing`. */
  'video.invite': call(z.strictObject({ ticketId: TicketId, isReplacing: z.boolean() }), GuestLink),
  'video.revoke': call(z.strictObject({ ticketId: TicketId }), z.literal('revoked')),
  /**
   * Sends a file that the agent has picked: its bytes follow by `files.chunk`, from 0 on. Needs the line. Refused at once for what
   * the name and the size say already, and where the agent does not hold the ticket.
   */
  'files.begin': call(
    z.strictObject({
      ticketId: TicketId,
      name: z.string().max(1_000),
      bytes: z.int().nonnegative(),
      type: z.string().max(200),
    }),
    z.object({ uploadId: UploadId }),
  ),
  /**
   * The next bytes of it, at most `MAXIMUM_BRIDGE_CHUNK` of them, in base64. Answers once main has room for more, which takes as long
   * as the line is down: send the next then, from `offset`. With the last ones main goes on by itself (`uploads.changed`). NOT_FOUND
   * once it was cancelled or refused, and after a reload of the desk.
   */
  'files.chunk': call(
    z.strictObject({
      uploadId: UploadId,
      offset: z.int().nonnegative(),
      data: z.base64().max((MAXIMUM_BRIDGE_CHUNK / 3) * 4),
    }),
    z.object({ offset: z.int().nonnegative() }),
  ),
  /** Ends one that is under way, or takes a refused one off the list. One that is gone already is no error. */
  'files.cancel': call(z.strictObject({ uploadId: UploadId }), nothing),
  /**
   * Fetches a file for the agent. `address`: of this page's own origin, good once and for a minute, for a link with `download`
   * that the page presses itself. `saved`: it lies in the machine's folder of downloads, and is never opened by us.
   */
  'files.download': call(
    z.strictObject({ fileId: FileId }),
    z.discriminatedUnion('type', [
      z.object({ type: z.literal('address'), address: z.string() }),
      z.object({ type: z.literal('saved'), savedId: SavedFileId, name: z.string() }),
    ]),
  ),
  /** Shows a saved file in its folder. */
  'files.show': call(z.strictObject({ savedId: SavedFileId }), nothing),
  /** The small picture of a file that has one: `kind` is its media type, `data` its bytes in base64, for a `data:` address. */
  'files.preview': call(z.strictObject({ fileId: FileId }), z.object({ kind: z.string(), data: z.base64() })),
  /** What the agent could share in the video in hand, windows first; null where the browser itself asks. */
  'screen.sources': call(z.strictObject({}), z.array(ScreenSource).nullable()),
  /** The agent chose this one: it is given to the page's next asking, once. */
  'screen.choose': call(z.strictObject({ id: ScreenSource.shape.id }), nothing),
  /** The agent tries camera and microphone without a video: before the first is asked for, and when it is over. */
  'devices.tryOut': call(z.strictObject({ isOn: z.boolean() }), nothing),
  /** To whom the video in hand could be offered now. */
  'video.colleagues': call(z.strictObject({ ticketId: TicketId }), OfferColleagues),
  'contacts.search': call(z.strictObject({ search: SearchText }), z.object({ matches: z.array(ContactMatch) })),
  'draft.save': call(z.strictObject({ ticketId: TicketId, text: z.string().max(4000) }), nothing),
  /** Null when nothing is left of it. */
  'writing.save': call(z.strictObject({ ticketId: TicketId, kind: WritingKind, writing: Writing.nullable() }), nothing),
  /** The agent has seen the guest's messages up to this `seq`; told again when the line is back, by the screen. */
  'messages.read': call(z.strictObject({ ticketId: TicketId, upTo: z.int().positive() }), nothing),
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
  'uploads.changed': UploadsFact,
  'transfer.changed': TransferFact,
};
export type FactName = keyof typeof facts;
export type Fact<Name extends FactName> = z.infer<(typeof facts)[Name]>;
/** Told once, to the windows that are there. */
export type PassingFact = 'notice.raised' | 'ticket.linked' | 'signal.heard';

/** Main implements this map; a missing or mistyped handler does not compile. */
export type Handlers = {
  [Name in CallName]: (input: CallInput<Name>) => CallOutput<Name> | Promise<CallOutput<Name>>;
};
