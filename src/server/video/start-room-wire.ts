import type { Logger } from 'pino';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { Signal } from '../../protocol/video/signal.ts';
import { keepListening } from '../store/keep-listening.ts';
import type { Rooms, Side } from './rooms.ts';

const CHANNEL = 'ventanilla_rooms';
/** PostgreSQL takes less than 8,000 bytes at a time. */
const LONGEST_PART = 6_000;
/** Words that are not whole yet; older ones have lost a part. */
const MOST_UNFINISHED = 100;

const Part = z.object({
  from: z.string(),
  id: z.string(),
  part: z.int().nonnegative(),
  parts: z.int().positive().max(100),
  text: z.string(),
});

const Seat = z.custom<Side>((value) => typeof value === 'string' && /^(guest|agent:[0-9a-f-]{36})$/.test(value));

const Word = z.object({
  ticketId: z.string(),
  side: Seat,
  word: z.union([
    z.object({ type: z.enum(['came', 'here', 'gone']) }),
    z.object({ type: z.literal('signal'), to: Seat, signal: Signal }),
  ]),
});

/**
 * Joins the rooms of several server processes, so that the two sides of a call may sit with two of them. Stop it before the
 * sockets' process ends.
 */
export function startRoomWire(options: { url: string; rooms: Rooms; log: Logger; processId: string }): {
  stop: () => Promise<void>;
} {
  const { url, rooms, log, processId } = options;
  const unfinished = new Map<string, string[]>();

  const take = (payload: string): void => {
    const { data } = Part.safeParse(parsed(payload));
    if (!data || data.from === processId) return;
    const { id, part, parts, text } = data;
    const texts = unfinished.get(id) ?? [];
    texts[part] = text;
    unfinished.set(id, texts);
    if (Object.keys(texts).length < parts) {
      const [oldest] = unfinished.keys();
      if (unfinished.size > MOST_UNFINISHED && oldest !== undefined) unfinished.delete(oldest);
      return;
    }
    unfinished.delete(id);
    const word = Word.safeParse(parsed(Buffer.from(texts.join(''), 'base64').toString()));
    if (word.success) rooms.hearFar(word.data);
    else log.warn('a word of another process that is none');
  };

  const wire = keepListening({ url, channel: CHANNEL, log, heard: take, joined: () => rooms.tellAll() });
  rooms.tellFar = (word) => {
    const text = Buffer.from(JSON.stringify(word)).toString('base64');
    const id = uuidv7();
    const parts = Math.ceil(text.length / LONGEST_PART);
    for (let part = 0; part < parts; part += 1) {
      const piece = text.slice(part * LONGEST_PART, (part + 1) * LONGEST_PART);
      wire.tell(JSON.stringify({ from: processId, id, part, parts, text: piece } satisfies z.infer<typeof Part>));
    }
  };
  return { stop: wire.stop };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
