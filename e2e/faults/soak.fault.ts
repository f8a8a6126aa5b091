import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, expect, test } from 'vitest';
import { issueTicket } from './support/agent-client.ts';
import { cachedBranch, loggedHeaders, storedHeaders } from './support/cached-branch.ts';
import { chanceOfTest } from './support/chance.ts';
import { checkHistory } from './support/check-history.ts';
import { openFaultOffice } from './support/fault-office.ts';
import { measurable, measure, type Memory } from './support/measure.ts';
import {
  codeLimits,
  isGrowing,
  memoryTrend,
  objectLimits,
  residentLimits,
  type MemorySample,
  type MemoryTrend,
} from './support/memory-trend.ts';
import { openSoak, type Soak } from './support/soak.ts';
import { checkAttentions, storedHolds, storedNotes } from './support/stored.ts';

/** Of `npm run faults -- --minutes`; without it two short rounds, whose memory says nothing yet. */
const MINUTES = Number(process.env['FAULTS_MINUTES'] ?? 0);
const ROUND_MS = MINUTES > 0 ? 15_000 : 3_000;
const SHORT_ROUNDS = 2;
/** From so many minutes on the slope is judged; before, code is still compiled in the second half too. */
const JUDGED_FROM = 20;
/** As many as a desk shows of what its agent has handled (500), and more. */
const ATTENDED = MINUTES > 0 ? 520 : 0;
/** For a round that heals, and for the start. */
const REST_MINUTES = 15;

const closes: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closes.splice(0).toReversed()) await close();
});

/** What of the memory of a process is judged, and how. */
const measures = {
  objects: { of: ({ heap, outside }: Memory) => heap + outside, limits: objectLimits },
  code: { of: ({ code }: Memory) => code, limits: codeLimits },
  resident: { of: ({ resident }: Memory) => resident, limits: residentLimits },
};
type Measure = keyof typeof measures;
type Series = { name: string; measure: Measure; samples: MemorySample[] }[];

function record(series: Series, name: string, minutes: number, tickets: number, memory: Memory): void {
  for (const measure of ['objects', 'code', 'resident'] as const) {
    let one = series.find((each) => each.name === name && each.measure === measure);
    if (!one) series.push((one = { name, measure, samples: [] }));
    one.samples.push({ minutes, tickets, bytes: measures[measure].of(memory) });
  }
}

/** Those that grow. */
const growing = (series: Series): string[] =>
  series
    .filter(({ measure, samples }) => isGrowing(memoryTrend(samples), measures[measure].limits))
    .map(({ name, measure }) => `${name} ${measure}`);

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const told = ({ bytesPerMinute, error, bytesPerTicket }: MemoryTrend): string =>
  `${(bytesPerMinute / 1024).toFixed(1)} ± ${((2 * error) / 1024).toFixed(1)} KB a minute, ${bytesPerTicket.toFixed(0)} bytes a ticket`;

const percentile = (sorted: readonly number[], part: number): string =>
  sorted.length === 0
    ? '-'
    : (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] as number).toFixed(0);
const latencies = (name: string, values: number[]): string => {
  const sorted = values.toSorted((one, other) => one - other);
  return `${name}: ${sorted.length}, p50 ${percentile(sorted, 0.5)} ms, p95 ${percentile(sorted, 0.95)} ms, p99 ${percentile(sorted, 0.99)} ms`;
};

/** Until the time is over; the memory of those that were never killed, after each round. */
async function live(soak: Soak): Promise<Series> {
  const series: Series = [];
  const from = performance.now();
  const minutes = (): number => (performance.now() - from) / 60_000;
  for (let round = 0; MINUTES > 0 ? minutes() < MINUTES : round < SHORT_ROUNDS; round += 1) {
    await soak.round(ROUND_MS);
    const memory = Object.entries(await soak.memory());
    for (const [name, used] of memory) record(series, name, minutes(), soak.tickets(), used);
    if (MINUTES > 0) {
      const used = memory.map(([name, { heap, outside }]) => `${name} ${((heap + outside) / 2 ** 20).toFixed(2)} MB`);
      say(`${minutes().toFixed(1)} min, ${soak.tickets()} tickets: ${used.join(', ')}`);
    }
  }
  return series;
}

test(
  '[R19] an office that lives on while lines break and servers, desks and listeners die by chance: all that was acknowledged is there, every desk has what the server has, and memory is flat',
  { timeout: (MINUTES + REST_MINUTES) * 60_000 },
  async () => {
    const soak = await openSoak(chanceOfTest(), ATTENDED);
    closes.push(soak.close);
    const series = await live(soak);
    const { office, history, seen } = soak;

    await soak.stopDesks();
    for (const number of [1, 2, 3]) {
      const { seq, headers } = cachedBranch(soak.dataFolderOf(number));
      expect(headers).toEqual(await loggedHeaders(office.store, seq));
    }
    // The server goes on: what it called by itself comes back to the line.
    await Promise.all(office.servers.map(({ kill }) => kill('SIGTERM')));
    expect(await storedHeaders(office.store)).toEqual(await loggedHeaders(office.store, Number.MAX_SAFE_INTEGER));
    const { rows: issued } = await sql<{ op: string }>`SELECT key AS op FROM idempotency_key`.execute(office.store.db);
    const effects = [
      ...(await storedNotes(office.store)),
      ...issued.map(({ op }) => ({ op, ticketId: null, position: 0 })),
    ];
    const holds = await storedHolds(office.store);
    expect(checkHistory(history.events, { effects, holds, refused: [], shown: [] })).toEqual([]);
    expect(await checkAttentions(office.store)).toEqual([]);
    expect(soak.tickets()).toBeGreaterThan(0);

    say(`${soak.tickets()} tickets let in; faults: ${JSON.stringify(Object.fromEntries(soak.faults))}`);
    say(`refused: ${JSON.stringify(Object.fromEntries(seen.refusals))}`);
    say(latencies('take', seen.takes));
    say(latencies('list', seen.lists));
    if (MINUTES === 0) return; // Two samples have no slope.
    for (const { name, measure, samples } of series) say(`${name} ${measure}: ${told(memoryTrend(samples))}`);
    if (MINUTES >= JUDGED_FROM) expect(growing(series)).toEqual([]);
    else say(`not judged: a soak of ${JUDGED_FROM} minutes and more is`);
  },
);

test('[R19] twin: a server that keeps every request is found by its memory', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ventanilla-soak-'));
  closes.push(() => rm(folder, { recursive: true, force: true }));
  const socket = join(folder, 'server');
  const office = await openFaultOffice({
    agents: 1,
    servers: 1,
    environmentOf: () => measurable(socket, ['leaking-process.ts']),
  });
  closes.push(office.close);
  const series: Series = [];
  const from = performance.now();
  for (let tickets = 20; tickets <= 160; tickets += 20) {
    for (let ticket = 0; ticket < 20; ticket += 1) await issueTicket(office.servers[0]!.url);
    record(series, 'server', (performance.now() - from) / 60_000, tickets, await measure(socket));
  }
  expect(growing(series)).toContain('server objects');
});
