import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Consent } from '../../src/protocol/video/consent.ts';
import { createEvidenceBook } from '../../src/server/evidence/evidence-book.ts';
import { verifyEvidence } from '../../src/server/evidence/verify-evidence.ts';
import { readConsent } from '../../src/server/store/consent-rows.ts';
import { askFor, videoInHand, type VideoInHand } from '../../src/server/testing/answered-consents.ts';
import { openServer, type TestServer } from '../../src/server/testing/open-server.ts';
import { answerConsent, seeConsent } from '../../src/server/video/guest-consents.ts';
import { canTrace, sweepPoints } from './support/syscall-sweep.ts';

const program = join(import.meta.dirname, '../../src/server/testing/answering-program.ts');
/** All by which a process can change what outlives it, on the disk or in the database. */
const CALLS = ['write', 'writev', 'sendmsg', 'sendto', 'pwrite64', 'pwritev', 'fsync', 'fdatasync', 'ftruncate'];
const FOLIO = /^[0-9A-Z]{4}(-[0-9A-Z]{4}){2}$/;

type Manner = 'safe' | 'early';

let server: TestServer;
let video: VideoInHand;
let evidence: string;
/** Of the journals so far: each is of a server process of its own. */
let folders: number;
beforeEach(async () => {
  evidence = mkdtempSync(join(tmpdir(), 'ventanilla-answer-'));
  folders = 0;
  server = await openServer();
  video = await videoInHand(server, server.evidence);
});
afterEach(async () => {
  await server.close();
  rmSync(evidence, { recursive: true });
});

/** A place for the journal of another server. */
function newFolder(): string {
  folders += 1;
  const folder = join(evidence, `server-${folders}`);
  mkdirSync(folder);
  return folder;
}

const guest = () => ({ browser: video.browser, ip: '203.0.113.7', userAgent: 'Teléfono' });
async function shown(): Promise<Consent> {
  const consent = await askFor(video);
  await seeConsent(server.context, guest(), { id: consent.id, sha256: consent.sha256, what: 'opened' });
  return consent;
}

/** Runs the program under strace; the folio that it said, null for none. */
async function run(
  options: string[],
  folder: string,
  manner: Manner,
): Promise<{ consent: Consent; said: string | null }> {
  const consent = await shown();
  const { id, sha256 } = consent;
  const node = [process.execPath, program, server.database.url, folder, id, sha256, video.browser, manner];
  const child = spawn('strace', ['-f', '-qq', '--seccomp-bpf', ...options, ...node], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // One thread writes files, so that its calls can be counted.
    env: { ...process.env, UV_THREADPOOL_SIZE: '1' },
  });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.resume();
  await once(child, 'close');
  return { consent, said: out.split('\n').find((line) => FOLIO.test(line)) ?? null };
}

/** For each call: which of them, as its thread counts, come between the click and the folio. */
async function callsBetween(folder: string, manner: Manner): Promise<Map<string, { from: number; to: number }>> {
  const log = join(tmpdir(), `ventanilla-calls-${process.pid}`);
  const { said: folio } = await run(['-o', log, '-e', `trace=${CALLS.join(',')}`], folder, manner);
  const counts = new Map<string, number>();
  const found = new Map<string, { from: number; to: number }>();
  let isBetween = false;
  for (const line of readFileSync(log, 'utf8').split('\n')) {
    const [, thread, call] = /^(\d+)\s+(\w+)\(/.exec(line) ?? [];
    if (thread === undefined || call === undefined) continue;
    const count = (counts.get(`${thread} ${call}`) ?? 0) + 1;
    counts.set(`${thread} ${call}`, count);
    if (isBetween) found.set(call, { from: Math.min(count, found.get(call)?.from ?? count), to: count });
    if (line.includes('"click')) isBetween = true;
    if (folio !== null && line.includes(`"${folio}`)) break;
  }
  rmSync(log);
  return found;
}

const killedAt = (call: string, when: number): string[] => [
  '-o',
  '/dev/null',
  '-e',
  `trace=${call}`,
  '-e',
  `inject=${call}:signal=KILL:when=${when}`,
];

const verify = () => verifyEvidence(server.context.store.db, [evidence]);

/** What the next start of that server does, and what is found then. */
async function settle(folder: string) {
  const { store, log, clock } = server.context;
  const book = createEvidenceBook({ store, log, clock, folder });
  await book.open();
  return { book, found: await verify() };
}

describe.skipIf(!canTrace)('with strace (skipped where it is not to be had)', () => {
  test.each([
    ['whose journal is there', true],
    ['that makes its journal', false],
  ])(
    '[R4] [T24] a server %s, killed at any call between click and folio: no folio, or one that holds; asked again it is the same',
    async (_which, isThere) => {
      const lasting = newFolder();
      const place = (): string => (isThere ? lasting : newFolder());
      if (isThere) await run(['-o', '/dev/null', '-e', 'trace=none'], lasting, 'safe');
      const ranges = await callsBetween(place(), 'safe');
      expect(ranges.get('fsync')?.to).toBeGreaterThan(0);
      const outcomes: string[] = [];
      for (const [call, { from, to }] of ranges) {
        for (const offset of sweepPoints(to - from + 1, 3)) {
          const point = `${call} ${from + offset - 1}`;
          const folder = place();
          const { consent, said } = await run(killedAt(call, from + offset - 1), folder, 'safe');
          const { book, found } = await settle(folder);
          expect({ point, ...found }).toMatchObject({ point, problems: [], unsettled: 0 });
          const kept = (await readConsent(server.context.store.db, consent.id))?.records.accepted?.folio ?? null;
          if (said !== null) expect({ point, kept }).toEqual({ point, kept: said });
          const { id, sha256 } = consent;
          const again = await answerConsent(server.context, book, guest(), { id, sha256, answer: 'accepted' });
          if (kept !== null) expect({ point, folio: again.folio }).toEqual({ point, folio: kept });
          expect((await verify()).problems).toEqual([]);
          await book.close();
          outcomes.push(kept === null ? 'void' : 'kept');
        }
      }
      expect(outcomes).toContain('void');
    },
  );

  test('[R4] twin: a server that commits before the line is on the disk is caught', async () => {
    const folder = newFolder();
    await run(['-o', '/dev/null', '-e', 'trace=none'], folder, 'early');
    expect((await verify()).problems).toEqual([]);
    // The line comes last: whatever ends the process before has committed without it.
    await run(killedAt('pwrite64', 1), folder, 'early');
    expect((await verify()).problems).toMatchObject([{ where: expect.stringContaining('line 2') as string }]);
  });
});
