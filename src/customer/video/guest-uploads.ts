import type { BeginGuestUpload } from '../../protocol/files/upload.ts';
import { isCount, isText } from '../live/frame-checks.ts';
import type { Answer, Asking } from './ask-server.ts';

/** Why a file is not sent. `said`: by the server, in `detail`. */
export type UploadProblem = 'said' | 'closed' | 'unread';

/** Why a file does not go on for now. `busy`: the server is there and cannot. */
export type WaitCause = 'offline' | 'tooMany' | 'busy';

/** A file on its way, or refused. One that is shared is in the state of the visit. */
export interface GuestUpload {
  key: string;
  name: string;
  bytes: number;
  /** Bytes that the server has. */
  sent: number;
  state: 'queued' | 'sending' | 'waiting' | 'checking' | 'refused';
  /** While it waits. */
  waitsFor: WaitCause;
  problem: UploadProblem | null;
  /** The server's own words, in the language of the browser. */
  detail: string;
}

export interface GuestUploadsParts {
  token: string;
  ask: (asking: Asking) => Promise<Answer>;
  newKey: () => string;
  /** Milliseconds of any clock. */
  now: () => number;
  pause: (milliseconds: number) => Promise<void>;
}

export type GuestUploads = ReturnType<typeof createGuestUploads>;

const PATH = '/v1/guest/uploads';
const SMALLEST_PART = 16 * 1024;
const FIRST_PART = 256 * 1024;
const LARGEST_PART = 1024 * 1024;
/** The server gives a part 10 s: a slow line sends smaller ones. */
const FAST_MS = 1_000;
const SLOW_MS = 4_000;
const CHECK_MS = 90_000;
const TOO_MANY = 429;
const BROKEN = 500;
/** The server's disk: waiting would not help. */
const FULL = 507;
const PAUSES_MS = [1_000, 2_000, 4_000, 8_000];

interface Job {
  upload: GuestUpload;
  file: Blob;
  abort: AbortController;
  /** Null until the server has made it. */
  id: string | null;
}

/** What was asked is refused for good. */
class Refused extends Error {
  readonly problem: UploadProblem;
  readonly detail: string;

  constructor(problem: UploadProblem, detail = '') {
    super(problem);
    this.problem = problem;
    this.detail = detail;
  }
}

/**
 * Sends a guest's files in parts, one file after the other. After a cut it asks how far the server has got and goes on from there;
 * a cancelled one leaves nothing behind. Nothing is stored here: a page that was loaded anew begins anew.
 */
export function createGuestUploads({ token, ask, newKey, now, pause }: GuestUploadsParts) {
  const listeners = new Set<() => void>();
  let uploads: readonly GuestUpload[] = [];
  let jobs: Job[] = [];
  let isRunning = false;
  let wake: (() => void) | null = null;

  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  const show = (job: Job, change: Partial<GuestUpload>): void => {
    job.upload = { ...job.upload, ...change };
    uploads = uploads.map((each) => (each.key === job.upload.key ? job.upload : each));
    tell();
  };
  const drop = (key: string): void => {
    uploads = uploads.filter((each) => each.key !== key);
    tell();
  };

  /** An answer of the server's own; waits as long as the line is away. @throws Refused, DOMException AbortError */
  const insist = async (job: Job, asking: Asking): Promise<Record<string, unknown>> => {
    for (let attempt = 0; ; attempt += 1) {
      const { status, body } = await ask({ ...asking, signal: job.abort.signal });
      job.abort.signal.throwIfAborted();
      if (status >= 200 && status < 300) return body ?? {};
      const isRefusal = status !== 0 && status !== TOO_MANY && (status < BROKEN || status === FULL);
      if (body && isRefusal && isText(body['code'])) {
        if (body['code'] === 'BAD_OFFSET') return {};
        throw refusalOf(body);
      }
      show(job, { state: 'waiting', waitsFor: waitCause(status) });
      const rested = pause(PAUSES_MS[Math.min(attempt, PAUSES_MS.length - 1)] ?? 0);
      await Promise.race([rested, new Promise<void>((resolve) => (wake = resolve))]);
      job.abort.signal.throwIfAborted();
      // What was sent before the cut may have come through.
      if (asking.method === 'PATCH') return insist(job, { method: 'GET', path: asking.path });
    }
  };

  const sendParts = async (job: Job, path: string): Promise<void> => {
    let size = FIRST_PART;
    while (job.upload.sent < job.upload.bytes) {
      const { sent } = job.upload;
      const bytes = await readable(job.file.slice(sent, sent + size));
      const startedAt = now();
      const headers = { 'upload-offset': String(sent) };
      let { offset } = await insist(job, { method: 'PATCH', path, bytes, headers });
      if (!isCount(offset)) ({ offset } = await insist(job, { method: 'GET', path }));
      if (!isCount(offset)) throw new Refused('closed');
      const took = now() - startedAt;
      if (took > SLOW_MS) size = Math.max(SMALLEST_PART, size / 2);
      else if (took < FAST_MS) size = Math.min(LARGEST_PART, size * 2);
      show(job, { sent: offset, state: 'sending' });
    }
  };

  const sendFile = async (job: Job, { name, type }: File): Promise<void> => {
    const json: BeginGuestUpload = { token, name, bytes: job.upload.bytes, type };
    show(job, { state: 'sending' });
    const { id } = await insist(job, { method: 'POST', path: PATH, json });
    if (!isText(id)) throw new Refused('closed');
    job.id = String(id);
    const path = `${PATH}/${encodeURIComponent(job.id)}`;
    show(job, { state: 'sending' });
    await sendParts(job, path);
    show(job, { state: 'checking' });
    await insist(job, { method: 'POST', path: `${path}/complete`, json: {}, patienceMs: CHECK_MS });
  };

  const run = async (): Promise<void> => {
    if (isRunning) return;
    isRunning = true;
    for (let job = jobs[0]; job; job = jobs[0]) {
      try {
        await sendFile(job, job.file as File);
        drop(job.upload.key);
      } catch (error) {
        if (!job.abort.signal.aborted) {
          const { problem, detail } = error instanceof Refused ? error : new Refused('closed');
          show(job, { state: 'refused', problem, detail });
        }
        // Whatever there is of it is of no use to anybody.
        if (job.id !== null) void ask({ method: 'DELETE', path: `${PATH}/${encodeURIComponent(job.id)}` });
      }
      const done = job;
      jobs = jobs.filter((each) => each !== done);
    }
    isRunning = false;
  };

  return {
    get: (): readonly GuestUpload[] => uploads,
    subscribe: (listener: () => void): (() => void) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    send: (files: readonly File[]): void => {
      const added = files.map((file): Job => {
        const { name, size: bytes } = file;
        const upload: GuestUpload = {
          key: newKey(),
          name,
          bytes,
          sent: 0,
          state: 'queued',
          waitsFor: 'offline',
          problem: null,
          detail: '',
        };
        return { upload, file, abort: new AbortController(), id: null };
      });
      jobs = [...jobs, ...added];
      uploads = [...uploads, ...added.map(({ upload }) => upload)];
      tell();
      void run();
    },
    /** Ends one that is under way, or takes a refused one off the list. */
    cancel: (key: string): void => {
      const job = jobs.find(({ upload }) => upload.key === key);
      job?.abort.abort();
      wake?.();
      drop(key);
    },
    /** The line is back: what waits goes on at once. */
    retry: (): void => wake?.(),
    /** The visit is over. */
    stop: (): void => {
      for (const { abort } of jobs) abort.abort();
      wake?.();
      uploads = [];
      tell();
    },
  };
}

function waitCause(status: number): WaitCause {
  if (status === TOO_MANY) return 'tooMany';
  return status >= BROKEN ? 'busy' : 'offline';
}

function refusalOf({ code, title, detail }: Record<string, unknown>): Refused {
  if (code === 'LINK_INVALID' || code === 'WRONG_STATE' || code === 'NOT_FOUND') return new Refused('closed');
  return new Refused('said', [title, detail].filter(isText).join(' '));
}

/** @throws Refused for a file that has changed or gone since it was picked */
async function readable(part: Blob): Promise<Blob> {
  try {
    return new Blob([await part.arrayBuffer()]);
  } catch {
    throw new Refused('unread');
  }
}
