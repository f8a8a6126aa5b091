import { readFileSync } from 'node:fs';
import { WebSocket } from 'ws';
import { fuzzFrames, type Frame } from './fuzz-frames.ts';
import { measure } from './measure.ts';

const FRAMES_A_SOCKET = 10;
const SOCKETS_AT_ONCE = 40;
const MEGABYTE = 1024 * 1024;
/** What limits remember of addresses, and pools and caches of their work; a leak of 350 bytes a frame shows at 100,000 frames. */
const SWAY = 16 * MEGABYTE;

/** Words of the inside: stacks, paths, SQL, libraries, and what the process keeps to itself. */
const INSIDE =
  /\bat .+:\d+:\d+|node_modules|\/tmp\/|\.[cm]?[jt]s\b|\bselect\b|\binsert\b|postgres|kysely|zod|ZodError|SyntaxError|TypeError|position \d+|Unexpected token/i;

export interface Door {
  url: string;
  /** Of the nth socket. */
  headers: (socket: number) => Record<string, string>;
}

export interface Outcome {
  /** What makes the run a failure; empty for a good one. */
  problems: string[];
  frames: number;
  replies: number;
  codes: Record<number, number>;
}

/**
 * Sends frames to the doors of a process, ten a socket, and judges what comes back and what becomes of the process.
 * @param measuredBy the socket by which it is `measurable`
 * @param isReply whether a message is one that this door may send
 * @param secrets texts that no reply may hold
 */
export async function fuzzProcess({
  pid,
  measuredBy,
  doors,
  seed,
  count,
  isReply,
  secrets,
}: {
  pid: number;
  measuredBy: string;
  doors: Door[];
  seed: number;
  count: number;
  isReply: (json: unknown) => boolean;
  secrets: string[];
}): Promise<Outcome> {
  const problems = new Set<string>();
  const codes: Record<number, number> = {};
  const inUse: number[] = [];
  let replies = 0;
  let sockets = 0;

  const judge = (text: string): void => {
    replies += 1;
    if (INSIDE.test(text)) problems.add(`the inside in a reply: ${text.slice(0, 300)}`);
    if (secrets.some((secret) => text.includes(secret))) problems.add(`a secret in a reply: ${text.slice(0, 300)}`);
    if (!isReply(jsonOf(text))) problems.add(`no reply of ours: ${text.slice(0, 300)}`);
  };
  const one = async (frames: Frame[]): Promise<void> => {
    sockets += 1;
    const door = doors[sockets % doors.length]!;
    const code = await converse(door.url, door.headers(sockets), frames, judge);
    codes[code] = (codes[code] ?? 0) + 1;
  };

  const round = FRAMES_A_SOCKET * SOCKETS_AT_ONCE;
  for (let done = 0; done < count && problems.size === 0; done += round) {
    const frames = fuzzFrames(seed + done, Math.min(round, count - done));
    const parts: Frame[][] = [];
    for (let from = 0; from < frames.length; from += FRAMES_A_SOCKET)
      parts.push(frames.slice(from, from + FRAMES_A_SOCKET));
    await Promise.all(parts.map(one)).catch((error: unknown) => problems.add(`a socket failed: ${String(error)}`));
    if (residentBytes(pid) === 0) problems.add('the process is gone');
    // The first half warms up.
    const isHalf = done < count / 2 && done + round >= count / 2;
    if (problems.size === 0 && (isHalf || done + round >= count)) {
      const { heap, outside } = await measure(measuredBy);
      inUse.push(heap + outside);
    }
  }
  const growth = (inUse.at(-1) ?? 0) - (inUse[0] ?? 0);
  if (growth > SWAY) problems.add(`memory grew by ${Math.round(growth / MEGABYTE)} MB`);
  return { problems: [...problems], frames: count, replies, codes };
}

/** Opens a socket, sends the frames and then bad ones until it is closed. Resolves with the code. */
function converse(
  url: string,
  headers: Record<string, string>,
  frames: Frame[],
  judge: (text: string) => void,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, { headers });
    socket.on('message', (data: Buffer) => judge(data.toString()));
    socket.once('error', (error) => {
      // Once it was open, what it is closed with says it all.
      if (socket.readyState === WebSocket.CONNECTING) reject(error);
    });
    socket.once('unexpected-response', (_request, response) => reject(new Error(`handshake: ${response.statusCode}`)));
    socket.once('close', resolve);
    socket.once('open', () => {
      for (const { data, isBinary } of frames) socket.send(data, { binary: isBinary });
      for (let index = 0; index < FRAMES_A_SOCKET; index += 1) socket.send('no frame');
    });
  });
}

/** 0 when there is no such process. */
export function residentBytes(pid: number): number {
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Number(kilobytes ?? 0) * 1024;
  } catch {
    return 0;
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
