import type { WebSocket } from 'ws';
import type { z } from 'zod';
import type { ErrorCode } from '../../protocol/error-codes.ts';
import { errorFrame, type Asker } from './socket-error.ts';

/** Frames of ours are small; a larger one closes the socket with 1009 before it is read. */
export const LARGEST_FRAME = 64 * 1024;
const BAD_FRAMES_ALLOWED = 10;
const FRAMES_A_SECOND = 50;
const SILENCE_MS = 45_000;

const POLICY_VIOLATION = 1008;
const TRY_LATER = 1013;

export interface FrameTaker<Frame> {
  /** Gets every good frame in order, none after the socket was closed. */
  take: (frame: Frame) => void;
  /** The socket is closed. */
  left: () => void;
}

/**
 * Parses what comes in over a socket and keeps a bad talker from doing harm: the tenth bad frame closes with 1008, a flood
 * with 1013, silence ends it.
 */
export function guardFrames<Schema extends z.ZodType>(
  socket: WebSocket,
  schema: Schema,
  asker: Asker,
  taker: FrameTaker<z.infer<Schema>>,
): void {
  const guard = new FrameGuard<Schema>(socket, schema, asker, taker);
  socket.on('close', () => guard.end());
  // The library closes with the code that says what was wrong (1007, 1009); the close event follows.
  socket.on('error', ignore);
  socket.on('ping', () => guard.admit());
  socket.on('message', (data: Buffer, isBinary: boolean) => guard.look(data, isBinary));
}

const ignore = (): void => undefined;
const terminate = (socket: WebSocket): void => socket.terminate();

/** A class, since thousands are there at a time: functions of their own would be most of what each of them keeps. */
class FrameGuard<Schema extends z.ZodType> {
  readonly #socket: WebSocket;
  readonly #schema: Schema;
  readonly #asker: Asker;
  readonly #taker: FrameTaker<z.infer<Schema>>;
  readonly #silence: NodeJS.Timeout;
  #bad = 0;
  #second = 0;
  #inSecond = 0;

  constructor(socket: WebSocket, schema: Schema, asker: Asker, taker: FrameTaker<z.infer<Schema>>) {
    this.#socket = socket;
    this.#schema = schema;
    this.#asker = asker;
    this.#taker = taker;
    this.#silence = setTimeout(terminate, SILENCE_MS, socket);
  }

  /** Whether this sign of life may be looked at. */
  admit(): boolean {
    const socket = this.#socket;
    if (socket.readyState !== socket.OPEN) return false;
    const now = Math.floor(performance.now() / 1000);
    if (now !== this.#second) {
      // Once a second is enough: a call says many words in one.
      this.#silence.refresh();
      this.#second = now;
      this.#inSecond = 0;
    }
    this.#inSecond += 1;
    if (this.#inSecond <= FRAMES_A_SECOND) return true;
    this.#refuse('TOO_MANY_REQUESTS');
    socket.close(TRY_LATER, 'too many frames');
    return false;
  }

  look(data: Buffer, isBinary: boolean): void {
    if (!this.admit()) return;
    const frame = isBinary ? null : parse(this.#schema, data);
    if (frame) {
      this.#taker.take(frame.value);
      return;
    }
    this.#bad += 1;
    this.#refuse('BAD_FRAME');
    if (this.#bad >= BAD_FRAMES_ALLOWED) this.#socket.close(POLICY_VIOLATION, 'bad frames');
  }

  end(): void {
    clearTimeout(this.#silence);
    this.#taker.left();
  }

  #refuse(code: ErrorCode): void {
    this.#socket.send(JSON.stringify(errorFrame(code, this.#asker)));
  }
}

function parse<Schema extends z.ZodType>(schema: Schema, data: Buffer): { value: z.infer<Schema> } | null {
  let json: unknown;
  try {
    json = JSON.parse(data.toString());
  } catch {
    return null;
  }
  const parsed = schema.safeParse(json);
  return parsed.success ? { value: parsed.data } : null;
}
