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

/**
 * Parses what comes in over a socket and keeps a bad talker from doing harm: the tenth bad frame closes with 1008, a flood
 * with 1013, silence ends it. `take` gets every good frame in order, none after the socket was closed.
 */
export function guardFrames<Schema extends z.ZodType>(
  socket: WebSocket,
  schema: Schema,
  asker: Asker,
  take: (frame: z.infer<Schema>) => void,
): void {
  let bad = 0;
  let second = 0;
  let inSecond = 0;
  const silence = setTimeout(() => socket.terminate(), SILENCE_MS);

  const refuse = (code: ErrorCode): void => socket.send(JSON.stringify(errorFrame(code, asker)));

  /** Whether this sign of life may be looked at. */
  const admit = (): boolean => {
    if (socket.readyState !== socket.OPEN) return false;
    silence.refresh();
    const now = Math.floor(performance.now() / 1000);
    inSecond = now === second ? inSecond + 1 : 1;
    second = now;
    if (inSecond <= FRAMES_A_SECOND) return true;
    refuse('TOO_MANY_REQUESTS');
    socket.close(TRY_LATER, 'too many frames');
    return false;
  };

  socket.on('close', () => clearTimeout(silence));
  // The library closes with the code that says what was wrong (1007, 1009); the close event follows.
  socket.on('error', () => undefined);
  socket.on('ping', admit);
  socket.on('message', (data: Buffer, isBinary: boolean) => {
    if (!admit()) return;
    const frame = isBinary ? null : parse(schema, data);
    if (frame) {
      take(frame.value);
      return;
    }
    bad += 1;
    refuse('BAD_FRAME');
    if (bad >= BAD_FRAMES_ALLOWED) socket.close(POLICY_VIOLATION, 'bad frames');
  });
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
