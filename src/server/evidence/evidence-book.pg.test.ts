import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { JournalLine } from '../../protocol/video/receipt.ts';
import { runWork } from '../changes/work.ts';
import { readConsent, readTicketOfConsent } from '../store/consent-rows.ts';
import { lockTicket } from '../store/ticket-rows.ts';
import { askAndAnswer, askFor, videoInHand, type VideoInHand } from '../testing/answered-consents.ts';
import { openServer, type TestServer } from '../testing/open-server.ts';
import { answerConsent, seeConsent } from '../video/guest-consents.ts';
import { claimFolder } from './claim-folder.ts';
import { createEvidenceBook, type EvidenceBook } from './evidence-book.ts';
import type { Journal } from './journal.ts';
import { noSource, proveAnswer } from './prove-answer.ts';
import { verifyEvidence } from './verify-evidence.ts';

let server: TestServer;
let evidence: string;
let folder: string;
let book: EvidenceBook;
let video: VideoInHand;
beforeEach(async () => {
  evidence = mkdtempSync(join(tmpdir(), 'ventanilla-book-'));
  folder = join(evidence, 'server-1');
  mkdirSync(folder);
  server = await openServer();
  book = newBook();
  video = await videoInHand(server, book);
});
afterEach(async () => {
  await book.close();
  await server.close();
  rmSync(evidence, { recursive: true });
});

function newBook(append?: (journal: Journal, line: string) => Promise<void>): EvidenceBook {
  const { store, log, clock } = server.context;
  return createEvidenceBook({ store, log, clock, folder, ...(append && { append }) });
}
/** The server process ends, and another takes its place. */
async function startAnew(append?: (journal: Journal, line: string) => Promise<void>): Promise<void> {
  await book.close();
  book = newBook(append);
  video = { ...video, book };
}
const journals = (): string[] => readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
const linesOf = (name = journals().at(-1) ?? ''): JournalLine['statement'][] =>
  readFileSync(join(folder, name), 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => (JSON.parse(line) as JournalLine).statement);
const verify = async () => (await verifyEvidence(server.context.store.db, [evidence])).problems;
const guest = () => ({ browser: video.browser, ip: '203.0.113.7', userAgent: null });
const accept = (by: EvidenceBook, { id, sha256 }: { id: string; sha256: string }) =>
  answerConsent(server.context, by, guest(), { id, sha256, answer: 'accepted' });
async function shown() {
  const consent = await askFor(video);
  await seeConsent(server.context, guest(), { id: consent.id, sha256: consent.sha256, what: 'opened' });
  return consent;
}

/** How many statements wait for another transaction. */
async function waiting(): Promise<number> {
  const { rows } = await server.context.store.pool.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  );
  return rows[0]?.count ?? 0;
}

/** Accepts in a transaction that fails after the line is on the disk. */
function failAfterLine(id: string): Promise<void> {
  return book.record(async (writeDown) => {
    await runWork(server.context, async (work) => {
      const found = await readTicketOfConsent(work.tx, id);
      const row = await lockTicket(work.tx, found!.companyId, found!.ticketId);
      const consent = await readConsent(work.tx, id);
      const proof = { row: row!, consent: consent!, act: 'accepted', source: noSource, baseUrl: '' } as const;
      await proveAnswer(work, writeDown(work.tx), proof);
      throw new Error('no commit');
    });
  });
}

test('[R4] a line whose transaction fails is made void at once, and the answer may be given again', async () => {
  const consent = await shown();
  await expect(failAfterLine(consent.id)).rejects.toThrow('no commit');
  expect(linesOf().map(({ act }) => act)).toEqual(['accepted', 'void']);
  expect(await verify()).toEqual([]);
  expect((await readConsent(server.context.store.db, consent.id))?.records).toEqual({});
  const { folio } = await accept(book, consent);
  expect(linesOf()[2]).toMatchObject({ act: 'accepted', folio, sequence: 3 });
  expect(await verify()).toEqual([]);
});

test('[R4] a first line whose commit lands after the head was read counts, and nothing of the bar stays', async () => {
  const consent = await shown();
  let commit = (): void => undefined;
  const landing = new Promise<void>((resolve) => (commit = resolve));
  let transaction: Promise<unknown> = Promise.resolve();
  const recorded = book.record(async (writeDown) => {
    await new Promise<void>((resolve) => {
      transaction = runWork(server.context, async (work) => {
        const found = await readTicketOfConsent(work.tx, consent.id);
        const row = await lockTicket(work.tx, found!.companyId, found!.ticketId);
        const proof = { act: 'accepted', source: noSource, baseUrl: '' } as const;
        const asking = (await readConsent(work.tx, consent.id))!;
        await proveAnswer(work, writeDown(work.tx), { ...proof, row: row!, consent: asking });
        resolve();
        await landing;
      });
    });
    throw new Error('the answer to COMMIT was lost');
  });
  recorded.catch(() => undefined);
  // The bar has read that nothing was committed, and waits for the row of the journal.
  await expect.poll(waiting, { timeout: 10_000 }).toBe(1);
  commit();
  await transaction;
  await expect(recorded).rejects.toThrow('was lost');
  const { folio } = await accept(book, consent);
  expect(linesOf()).toMatchObject([{ act: 'accepted', folio, sequence: 1 }]);
  expect(await verify()).toEqual([]);
  await askAndAnswer(video, 'refused');
  expect(linesOf()[1]).toMatchObject({ act: 'refused', sequence: 2 });
  expect(await verify()).toEqual([]);
});

test('[R4] [R13] a disk that takes no line: nothing is accepted, and what stands half in the file is taken away', async () => {
  await askAndAnswer(video, 'refused');
  const consent = await shown();
  await startAnew(() => {
    appendFileSync(join(folder, journals()[0] ?? ''), '{"statement":{"form');
    return Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' }));
  });
  await expect(accept(book, consent)).rejects.toMatchObject({ code: 'DISK_FULL' });
  expect((await readConsent(server.context.store.db, consent.id))?.state).toBe('asked');
  await startAnew();
  await accept(book, consent);
  expect(linesOf().map(({ act }) => act)).toEqual(['refused', 'accepted']);
  expect(await verify()).toEqual([]);
});

test('[T24] a file that is not as it was left is not written on: another journal is begun, and the old one is named', async () => {
  await askAndAnswer(video, 'accepted');
  const [before = ''] = journals();
  const path = join(folder, before);
  const whole = readFileSync(path, 'utf8');
  writeFileSync(path, whole.replace('"accept"', '"refuse"'));
  await startAnew();
  await askAndAnswer(video, 'refused');
  expect(server.errors.splice(0)).toHaveLength(1);
  expect(journals()).toHaveLength(2);
  expect(await verify()).toHaveLength(1);
  writeFileSync(path, whole);
  expect(await verify()).toEqual([]);
});

test('[R11] two servers that share a data folder have a journal each, and one answer given at both has one folio', async () => {
  const first = claimFolder(evidence);
  const second = claimFolder(evidence);
  expect(second.folder).not.toBe(first.folder);
  const { store, log, clock } = server.context;
  const [one, other] = [first, second].map((each) => createEvidenceBook({ store, log, clock, folder: each.folder }));
  const consent = await shown();
  const answers = await Promise.all([one!, other!, one!, other!].map((by) => accept(by, consent)));
  expect(new Set(answers.map(({ folio }) => folio)).size).toBe(1);
  await one!.close();
  await other!.close();
  const problems = (await verifyEvidence(store.db, [join(evidence, 'evidence')])).problems;
  expect(problems).toEqual([]);
  first.release();
  expect(claimFolder(evidence).folder).toBe(first.folder);
  second.release();
});

test('the key is made once, for its owner alone', async () => {
  await askAndAnswer(video, 'accepted');
  const key = readFileSync(join(folder, 'signing-key.pem'), 'utf8');
  await startAnew();
  await askAndAnswer(video, 'accepted');
  expect(readFileSync(join(folder, 'signing-key.pem'), 'utf8')).toBe(key);
  expect(await server.context.store.db.selectFrom('evidence_key').select('id').execute()).toHaveLength(1);
});
