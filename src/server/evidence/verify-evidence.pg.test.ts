import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openServer, type TestServer } from '../testing/open-server.ts';
import { askAndAnswer, videoInHand } from '../testing/answered-consents.ts';
import { createEvidenceBook } from './evidence-book.ts';
import { examineEvidence } from './examine-evidence.ts';
import { recordUnanswered } from './record-unanswered.ts';
import { verifyEvidence } from './verify-evidence.ts';
import type { EvidenceProblem } from './verify-journal.ts';

let server: TestServer;
let evidence: string;
let path: string;
let whole: string;
beforeAll(async () => {
  evidence = mkdtempSync(join(tmpdir(), 'ventanilla-verify-'));
  const folder = join(evidence, 'server-1');
  mkdirSync(folder);
  server = await openServer();
  const { store, log, clock } = server.context;
  const book = createEvidenceBook({ store, log, clock, folder });
  const video = await videoInHand(server, book);
  await askAndAnswer(video, 'accepted');
  await askAndAnswer(video, 'refused');
  await askAndAnswer(video, 'withdrawn');
  await askAndAnswer(video, 'unanswered');
  await recordUnanswered(server.context, book);
  await book.close();
  path = join(folder, readdirSync(folder).find((name) => name.endsWith('.jsonl')) ?? '');
  whole = readFileSync(path, 'utf8');
});
afterAll(async () => {
  await server.close();
  rmSync(evidence, { recursive: true });
});

const verify = () => verifyEvidence(server.context.store.db, [evidence]);
/** Where something is found with the file so changed; as it was afterwards. */
async function foundWith(text: string): Promise<string[]> {
  writeFileSync(path, text);
  try {
    return (await verify()).problems.map(({ where }) => where.replace(/^journal [0-9a-f-]+, /, ''));
  } finally {
    writeFileSync(path, whole);
  }
}
const lines = (): string[] => whole.split('\n').slice(0, -1);
const joined = (all: string[]): string => all.map((line) => `${line}\n`).join('');

test('[T24] what nobody has touched is as it was written', async () => {
  expect(await verify()).toEqual({ journals: 1, lines: 5, folios: 5, unsettled: 0, problems: [] });
});

test('[T24] one byte of a line is another: that line is named, whichever byte it is', async () => {
  for (const [index, line] of lines().entries()) {
    const step = Math.max(1, Math.floor(line.length / 40));
    for (let place = 0; place < line.length; place += step) {
      const flipped = String.fromCharCode(line.charCodeAt(place) ^ 1);
      const changed = lines().with(index, `${line.slice(0, place)}${flipped}${line.slice(place + 1)}`);
      const found = await foundWith(joined(changed));
      expect({ index, place, found }).toMatchObject({ index, place, found: [`line ${index + 1}`] });
    }
  }
});

const linesFrom = (first: number, last: number): string[] =>
  Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => `line ${first + index}`);

test('[T24] a line is gone, doubled, or in another place: that line is named, and all that are moved by it', async () => {
  for (const index of lines().keys()) {
    expect(await foundWith(joined(lines().toSpliced(index, 1)))).toEqual(linesFrom(index + 1, 5));
    const doubled = lines().toSpliced(index, 0, lines()[index] ?? '');
    expect(await foundWith(joined(doubled))).toEqual(linesFrom(index + 2, 6));
    if (index === 0) continue;
    const swapped = lines()
      .with(index, lines()[index - 1] ?? '')
      .with(index - 1, lines()[index] ?? '');
    expect((await foundWith(joined(swapped)))[0]).toBe(`line ${index}`);
  }
});

test('[T24] the file ends too early, at any line, or in the middle of one: found', async () => {
  for (const count of lines().keys()) {
    expect(await foundWith(joined(lines().slice(0, count)))).toContain(`line ${count + 1}`);
  }
  expect(await foundWith(whole.slice(0, -20))).toContain('line 5');
  expect(await foundWith('')).toContain('line 1');
});

test('[T24] the file is gone: found', async () => {
  expect((await verifyEvidence(server.context.store.db, [])).problems).toMatchObject([
    { problem: 'its file is missing' },
  ]);
});

/**
 * Where what is found with the tables so changed, and all is rolled back: lines by their number, askings by what their guest did,
 * the key as `key`.
 */
async function foundAfter(change: ReturnType<typeof sql>): Promise<string[]> {
  const { db } = server.context.store;
  const askings = await db.selectFrom('consent').select(['id', 'state']).execute();
  const keys = await db.selectFrom('evidence_key').select('id').execute();
  const named = ({ where, problem }: EvidenceProblem): string => {
    let text = `${where.replace(/^journal [0-9a-f-]+, /, '')} ${problem}`;
    for (const { id, state } of askings) text = text.replaceAll(id, `«${state}»`);
    for (const { id } of keys) text = text.replaceAll(id, '«key»');
    return text;
  };
  const rolledBack = new Error('rolled back');
  let found: string[] = [];
  await db
    .transaction()
    .execute(async (tx) => {
      await change.execute(tx);
      found = (await verifyEvidence(tx, [evidence])).problems.map(named);
      throw rolledBack;
    })
    .catch((error: unknown) => {
      if (error !== rolledBack) throw error;
    });
  return found;
}

const differs = 'differs from its record in the database:';
const everyLine = (problem: string): string[] => linesFrom(1, 5).map((line) => `${line} ${problem}`);

// Line 1 was accepted, 2 refused, 3 accepted and withdrawn in 4, 5 never answered.
test.each([
  [
    'text of an asking',
    sql`UPDATE consent SET text = text || ' y más' WHERE state = 'accepted'`,
    [`line 1 ${differs} text`],
  ],
  ['title', sql`UPDATE consent SET title = 'Otro' WHERE state = 'accepted'`, [`line 1 ${differs} title`]],
  ['version', sql`UPDATE consent SET version = '9' WHERE state = 'refused'`, [`line 2 ${differs} version`]],
  [
    'hash',
    sql`UPDATE consent SET sha256 = repeat('0', 64) WHERE state = 'refused'`,
    [`line 2 ${differs} hash of the text`],
  ],
  [
    'state',
    sql`UPDATE consent SET state = 'accepted' WHERE state = 'refused'`,
    [`line 2 ${differs} state accepted`, 'consent «refused» is accepted, and no line proves it'],
  ],
  [
    'time of asking',
    sql`UPDATE consent SET asked_at = asked_at + interval '1 second' WHERE state = 'accepted'`,
    [`line 1 ${differs} time of asking`],
  ],
  [
    'time of opening',
    sql`UPDATE consent SET opened_at = opened_at - interval '1 ms' WHERE state = 'accepted'`,
    [`line 1 ${differs} time of opening`],
  ],
  [
    'time of the answer',
    sql`UPDATE consent SET answered_at = answered_at + interval '1 ms' WHERE state = 'accepted'`,
    [`line 1 ${differs} time of the answer`],
  ],
  [
    'time of the withdrawal',
    sql`UPDATE consent SET withdrawn_at = now() WHERE state = 'withdrawn'`,
    [`line 4 ${differs} time of the answer`],
  ],
  [
    'act of a record',
    sql`UPDATE consent_record SET act = 'accepted' WHERE act = 'refused'`,
    [`line 2 ${differs} act`, 'consent «refused» is refused, and no line proves it'],
  ],
  [
    'time of a record',
    sql`UPDATE consent_record SET at = at + interval '1 ms' WHERE act = 'refused'`,
    [`line 2 ${differs} time`],
  ],
  [
    'details',
    sql`UPDATE consent_record SET details = replace(details, '203.0.113.7', '203.0.113.8') WHERE act = 'refused'`,
    [`line 2 ${differs} details`],
  ],
  [
    'token',
    sql`UPDATE consent_record SET guest_token = repeat('x', 43) WHERE act = 'refused'`,
    [`line 2 ${differs} tokens`],
  ],
  [
    'line',
    sql`UPDATE evidence_line SET line = replace(line, '"accept"', '"refuse"') WHERE sequence = 1`,
    ['line 1 differs from its row in the database'],
  ],
  [
    'void',
    sql`UPDATE evidence_line SET is_void = true WHERE sequence = 2`,
    ['line 2 is void in the database, and no line says so', 'consent «refused» is refused, and no line proves it'],
  ],
  [
    'head',
    sql`UPDATE evidence_journal SET head_hash = repeat('0', 64)`,
    ['line 5 is not the head that the database knows'],
  ],
  [
    'head moved back',
    sql`UPDATE evidence_journal SET head_sequence = 1`,
    ['line 1 is not the head that the database knows'],
  ],
  [
    'key',
    sql`UPDATE evidence_key SET public_key = repeat('A', 43)`,
    ['key «key» was altered in the database', ...everyLine('was altered: its signature does not hold')],
  ],
  [
    'key gone',
    sql`DELETE FROM evidence_key`,
    everyLine('is signed with the key «key», which the database does not know'),
  ],
  [
    'record gone',
    sql`DELETE FROM consent_record WHERE act = 'refused'`,
    ['line 2 has no record in the database', 'consent «refused» is refused, and no line proves it'],
  ],
  [
    'line gone with its record',
    sql`
    WITH gone AS (DELETE FROM consent_record WHERE act = 'refused' RETURNING folio)
    DELETE FROM evidence_line WHERE folio IN (SELECT folio FROM gone)`,
    ['line 2 has no row in the database', 'consent «refused» is refused, and no line proves it'],
  ],
  [
    'the last line gone with its record and the head',
    sql`
    WITH gone AS (DELETE FROM consent_record WHERE act = 'unanswered' RETURNING folio), back AS (
      UPDATE evidence_journal SET head_sequence = head_sequence - 1)
    DELETE FROM evidence_line WHERE folio IN (SELECT folio FROM gone)`,
    ['line 4 is not the head that the database knows', 'consent «unanswered» is unanswered, and no line proves it'],
  ],
])('[T24] in the tables the %s is another: the line or row is named, and no other', async (_what, change, found) => {
  expect(await foundAfter(change)).toEqual(found);
});

test('[T24] what names a customer may be erased: the folio still holds', async () => {
  expect(await foundAfter(sql`UPDATE consent_record SET details = NULL`)).toEqual([]);
});

test('[T24] a look at the end says how much there is and what was written last, and names what is not as it was', async () => {
  const { db } = server.context.store;
  const look = (most?: number) => examineEvidence(db, evidence, most);
  const { lastFolio, ...rest } = await look();
  expect(rest).toEqual({
    journals: 1,
    elsewhere: 0,
    bytes: Buffer.byteLength(whole),
    lines: 5,
    checked: 5,
    problems: [],
  });
  expect(whole).toContain(lastFolio!.folio);
  expect((await look(2)).checked).toBe(2);
  const whereWith = async (text: string): Promise<string[]> => {
    writeFileSync(path, text);
    try {
      return (await look()).problems.map(({ where }) => where.replace(/^journal [0-9a-f-]+, /, ''));
    } finally {
      writeFileSync(path, whole);
    }
  };
  const all = lines();
  const altered = all[2]!.replace('"act"', '"Act"');
  expect(await whereWith(joined(all.with(2, altered)))).toContain('line 3');
  expect(await whereWith(joined(all.toSpliced(3, 1)))).toContain('line 5');
  expect(await whereWith(joined(all.slice(0, 4)))).toEqual(['line 5']);
  expect(await whereWith('')).toEqual(['line 5']);
});
