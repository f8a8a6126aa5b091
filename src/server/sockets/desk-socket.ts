import { v7 as uuidv7 } from 'uuid';
import type { WebSocket } from 'ws';
import type { z } from 'zod';
import type { Change } from '../../protocol/change.ts';
import { CLOSE_UNAUTHENTICATED, type DeskDown, type Image } from '../../protocol/socket/down.ts';
import { DeskUp, PROTOCOL_VERSION, type Authenticate } from '../../protocol/socket/up.ts';
import type { Follower, Subscriber } from '../changes/change-hub.ts';
import type { ErrorCode } from '../../protocol/error-codes.ts';
import type { TicketId } from '../../protocol/ids.ts';
import type { GuestView } from '../queries/guest-states.ts';
import { openOffersOf } from '../queries/present-offer.ts';
import type { ServerContext } from '../start/server-context.ts';
import type { Rooms } from '../video/rooms.ts';
import type { DeskSockets, OpenDesk } from './desk-sockets.ts';
import { guardFrames, type FrameTaker } from './frame-guard.ts';
import { sendMissed } from './send-missed.ts';
import { setConnected } from './set-connected.ts';
import { takeAgentSeat, type AgentSeat } from './agent-seat.ts';
import type { BranchViews } from './branch-views.ts';
import { errorFrame, type Asker } from './socket-error.ts';

const FIRST_FRAME_MS = 10_000;
/** A desk that does not read is let go before it fills our memory; it comes back with its cursor. */
const LARGEST_BACKLOG = 16 * 1024 * 1024;
/** The desk has something to fetch first. */
const OFFERED = 1000;
const INTERNAL = 1011;
const TRY_LATER = 1013;

const AS_TEXT = { binary: false };
const madeTexts = new WeakMap<Change[], Buffer>();

export interface DeskSession {
  sessionId: string;
  agentId: string;
  companyId: string;
  branchId: string;
}

/** What the sockets of all desks share. */
export interface DeskDoor {
  context: ServerContext;
  desks: Pick<DeskSockets, 'add' | 'remove'>;
  rooms: Rooms;
  guests: BranchViews<GuestView>;
  /** Uses up a one-use ticket of a session on this device with a seat; null when it is not good. */
  redeem: (ticket: string, deviceId: string) => Promise<DeskSession | null>;
  /** Told of each socket that was closed: resolves when the desk is marked as gone and nothing of it is under way any more. */
  leaving: (left: Promise<void>) => void;
}

/** One desk's socket: the first frame says who and from where on, then changes go down as they are committed. */
export function openDeskSocket(door: DeskDoor, socket: WebSocket, asker: Asker, deviceId: string): void {
  guardFrames(socket, DeskUp, asker, new DeskSocket(door, socket, asker, deviceId));
}

/** Thousands are there at a time, for hours: what each keeps is written as fields, not in functions of its own. */
class DeskSocket implements OpenDesk, FrameTaker<DeskUp> {
  readonly connectionId = uuidv7();
  readonly deviceId: string;
  readonly socket: WebSocket;
  sessionId = '';
  isHere = false;
  readonly #door: DeskDoor;
  readonly #asker: Asker;
  #deadline: NodeJS.Timeout | undefined;
  /** Resolves with the agent once the desk is marked as here; null when that did not happen. */
  #authenticating: Promise<DeskSession | null> | null = null;
  #followers: readonly Follower[] = [];
  /** In the room of the video that its agent attends. */
  #seat: AgentSeat | null = null;
  /** Grows whenever one is left or wanted. */
  #rooms = 0;

  constructor(door: DeskDoor, socket: WebSocket, asker: Asker, deviceId: string) {
    this.#door = door;
    this.socket = socket;
    this.#asker = asker;
    this.deviceId = deviceId;
    this.#deadline = setTimeout(() => socket.close(CLOSE_UNAUTHENTICATED, 'no first frame'), FIRST_FRAME_MS);
  }

  take(frame: DeskUp): void {
    const { context } = this.#door;
    if (frame.type === 'ping') {
      this.#send({ type: 'pong', serverTime: context.clock() });
      return;
    }
    if (frame.type !== 'authenticate') {
      this.#takeRoomFrame(frame);
      return;
    }
    this.#authenticating ??= this.#authenticate(frame).catch((error: unknown) => {
      context.log.error({ error, requestId: this.#asker.requestId }, 'desk socket failed');
      this.socket.close(INTERNAL);
      return null;
    });
  }

  left(): void {
    clearTimeout(this.#deadline);
    const { context, desks, leaving } = this.#door;
    this.#seat?.leave();
    for (const follower of this.#followers) context.hub.leave(follower);
    desks.remove(this);
    leaving(this.#markGone());
  }

  sendText(text: Buffer): void {
    if (!this.#isOpen()) return;
    this.socket.send(text, AS_TEXT);
    if (this.socket.bufferedAmount > LARGEST_BACKLOG) this.socket.close(TRY_LATER, 'slow reader');
  }

  #isOpen(): boolean {
    return this.socket.readyState === this.socket.OPEN;
  }

  #send(frame: DeskDown): void {
    this.sendText(Buffer.from(JSON.stringify(frame)));
  }

  /** Resolves once the frame has left, so that a long history goes at the pace of its reader. */
  #sendAll(frame: DeskDown): Promise<void> {
    if (!this.#isOpen()) return Promise.resolve();
    return new Promise((resolve) => {
      this.socket.send(JSON.stringify(frame), () => resolve());
    });
  }

  #takeRoomFrame(frame: Exclude<DeskUp, { type: 'authenticate' | 'ping' }>): void {
    if (frame.type === 'joinRoom') {
      this.#joinRoom(frame.ticketId).catch((error: unknown) => {
        this.#door.context.log.error({ error, requestId: this.#asker.requestId }, 'a desk could not join its room');
        if (this.#isOpen()) this.#send(errorFrame('UNAVAILABLE', this.#asker));
      });
    } else if (frame.type === 'leaveRoom') this.#leaveRoom();
    else if (frame.ticketId === this.#seat?.ticketId) this.#seat.say(frame.signal);
  }

  #leaveRoom(): void {
    this.#rooms += 1;
    this.#seat?.leave();
    this.#seat = null;
  }

  async #joinRoom(ticketId: TicketId): Promise<void> {
    const session = await this.#authenticating;
    if (!session) return;
    const { context, rooms, guests } = this.#door;
    const send = (down: DeskDown): void => this.#send(down);
    const refuse = (code: ErrorCode): void => send(errorFrame(code, this.#asker));
    this.#leaveRoom();
    const asked = this.#rooms;
    // Of several joins the last one counts, and a leave that came meanwhile.
    const isWanted = (): boolean => this.#isOpen() && asked === this.#rooms;
    const seat = await takeAgentSeat(session, ticketId, { context, rooms, guests, send, refuse, isWanted });
    if (seat === null) return;
    if (typeof seat === 'string') refuse(seat);
    else if (isWanted()) this.#seat = seat;
    else seat.leave();
  }

  async #authenticate(frame: z.infer<typeof Authenticate>): Promise<DeskSession | null> {
    clearTimeout(this.#deadline);
    this.#deadline = undefined;
    const { context, desks, redeem } = this.#door;
    const session = await redeem(frame.ticket, this.deviceId);
    if (!session || frame.protocol < PROTOCOL_VERSION) {
      this.socket.close(CLOSE_UNAUTHENTICATED, session ? 'clientTooOld' : 'expired');
      return null;
    }
    if (!this.#isOpen()) return null;
    const { agentId, branchId, companyId } = session;
    const streams = [`company:${companyId}`, `branch:${branchId}`, `agent:${agentId}`];
    this.sessionId = session.sessionId;
    desks.add(this);
    this.#send({
      type: 'welcome',
      serverTime: context.clock(),
      agentId: agentId as Extract<DeskDown, { type: 'welcome' }>['agentId'],
      branchId: branchId as Extract<DeskDown, { type: 'welcome' }>['branchId'],
      streams,
    });
    for (const stream of streams) if (this.#isOpen()) await this.#follow(stream, frame);
    if (!this.#isOpen()) return null;
    const offers = await openOffersOf(context.store.db, agentId);
    this.#send({ type: 'transfers', offers });
    if (!this.#isOpen()) return null;
    this.#send({ type: 'caughtUp', serverTime: context.clock() });
    await setConnected(context, { agentId, branchId, connectionId: this.connectionId }, true);
    this.isHere = true;
    return session;
  }

  async #follow(stream: string, frame: z.infer<typeof Authenticate>): Promise<void> {
    const { context } = this.#door;
    const seq = await sendMissed(
      context,
      stream,
      frame.cursors[stream],
      (part) => this.#sendAll(part),
      (wanted) => offerImage(context, wanted, frame.branchSchema),
    );
    if (seq === null) this.socket.close(OFFERED, 'image');
    if (seq === null || !this.#isOpen()) return;
    // A new array, no longer than it must be.
    this.#followers = [...this.#followers, context.hub.follow(new DeskStream(stream, this), seq)];
  }

  async #markGone(): Promise<void> {
    // Gone is marked after here, never before.
    const session = await this.#authenticating;
    if (!session) return;
    const { agentId, branchId } = session;
    await setConnected(this.#door.context, { agentId, branchId, connectionId: this.connectionId }, false);
  }
}

/** One of the streams of a desk. */
class DeskStream implements Subscriber {
  readonly stream: string;
  readonly #desk: DeskSocket;

  constructor(stream: string, desk: DeskSocket) {
    this.stream = stream;
    this.#desk = desk;
  }

  take(changes: Change[]): void {
    this.#desk.sendText(changesText(this.stream, changes));
  }

  fail(): void {
    this.#desk.socket.close(TRY_LATER, 'begin again');
  }
}

/** Made once for all desks that are handed the same changes. */
function changesText(stream: string, changes: Change[]): Buffer {
  const made = madeTexts.get(changes);
  if (made) return made;
  const frame: DeskDown = { type: 'changes', stream, changes };
  const text = Buffer.from(JSON.stringify(frame));
  madeTexts.set(changes, text);
  return text;
}

async function offerImage(
  { images }: ServerContext,
  stream: string,
  branchSchema: number | undefined,
): Promise<Omit<Image, 'type'> | null> {
  if (!images || !stream.startsWith('branch:')) return null;
  const image = await images.offer(stream.slice('branch:'.length), branchSchema);
  if (!image) return null;
  const { seq, schemaVersion, bytes, sha256, fileBytes } = image;
  return { stream, seq, schemaVersion, bytes, sha256, fileBytes };
}
