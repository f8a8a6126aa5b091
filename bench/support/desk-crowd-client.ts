/**
 * Many light desks in one process, driven by its parent: `{ open: [{ key, ticket, cursors }] }` connects them and says `open` once
 * all have caught up; `{ expect: [first, last] }` says `heard` once every desk has got every change of its branch from `first` to
 * `last`. What comes twice, in another order or not at all ends the process with an error.
 */
import { once } from 'node:events';
import WebSocket from 'ws';

export interface CrowdDesk {
  /** `<id>.<secret>` of the device. */
  key: string;
  /** Of the socket, good once. */
  ticket: string;
  cursors: Record<string, number>;
}

export type CrowdOrder = { url: string; open: CrowdDesk[] } | { expect: { stream: string; last: number } };
/** `frames` and `changes`: all that came so far, to all of them. */
export type CrowdWord = { said: 'open' } | { said: 'heard'; frames: number; changes: number };

const PING_EVERY_MS = 15_000;
const OPENING_AT_ONCE = 32;

interface Down {
  type: string;
  stream?: string;
  changes?: { seq: number }[];
}

const sockets: WebSocket[] = [];
const heard: Map<string, number>[] = [];
let frames = 0;
let changes = 0;
let wanted: { stream: string; last: number } | null = null;
let behind = 0;

const say = (word: CrowdWord): void => void process.send?.(word);
const isThere = (seqs: Map<string, number>): boolean =>
  wanted !== null && (seqs.get(wanted.stream) ?? 0) >= wanted.last;

function take(seqs: Map<string, number>, { stream = '', changes: list = [] }: Down): void {
  const was = isThere(seqs);
  frames += 1;
  for (const { seq } of list) {
    const before = seqs.get(stream) ?? 0;
    if (seq !== before + 1) throw new Error(`${stream}: ${seq} came after ${before}`);
    seqs.set(stream, seq);
    changes += 1;
  }
  if (was || !isThere(seqs)) return;
  behind -= 1;
  tellWhenAllHeard();
}

function tellWhenAllHeard(): void {
  if (!wanted || behind > 0) return;
  wanted = null;
  say({ said: 'heard', frames, changes });
}

async function open(url: string, { key, ticket, cursors }: CrowdDesk): Promise<void> {
  const socket = new WebSocket(url, { headers: { authorization: `Device ${key}` }, perMessageDeflate: false });
  const seqs = new Map(Object.entries(cursors));
  heard.push(seqs);
  await once(socket, 'open');
  const caughtUp = new Promise<void>((resolve, reject) => {
    socket.on('close', (code) => reject(new Error(`a desk was let go with ${code}`)));
    socket.on('message', (data: Buffer) => {
      const frame = JSON.parse(data.toString()) as Down;
      if (frame.type === 'changes') take(seqs, frame);
      else if (frame.type === 'caughtUp') resolve();
      else if (frame.type === 'snapshot') reject(new Error('a desk had to start over'));
    });
  });
  socket.send(JSON.stringify({ type: 'authenticate', protocol: 1, ticket, cursors }));
  sockets.push(socket);
  await caughtUp;
}

async function openAll(url: string, desks: CrowdDesk[]): Promise<void> {
  const left = desks.values();
  const next = async (): Promise<void> => {
    for (const desk of left) await open(url, desk);
  };
  await Promise.all(Array.from({ length: OPENING_AT_ONCE }, next));
  say({ said: 'open' });
}

process.on('message', (order: CrowdOrder) => {
  if ('open' in order) {
    void openAll(order.url, order.open);
    return;
  }
  wanted = order.expect;
  behind = heard.filter((seqs) => !isThere(seqs)).length;
  tellWhenAllHeard();
});
setInterval(() => {
  for (const socket of sockets) socket.send('{"type":"ping"}');
}, PING_EVERY_MS);
process.on('disconnect', () => process.exit(0));
