import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { request } from 'undici';
import { v7 as uuidv7 } from 'uuid';
import type { TestWindow } from '../../src/main/testing/test-window.ts';
import type { CommandId, TicketId } from '../../src/protocol/ids.ts';
import { figure, type Figure, type Measure } from '../row.ts';
import { hashBranch } from '../support/branch-rows.ts';
import { openBuiltDesk } from '../support/built-desk.ts';
import { openColdDesk } from '../support/cold-desk.ts';
import { openFilledOffice, type FilledOffice, type SignedInDesk } from '../support/filled-office.ts';
import { openProbe, withProbe, type Probe, type Reading } from '../support/probed.ts';
import { untilStopped } from '../until-stopped.ts';

const HEADERS = 100_000;
const UPDATES_A_SECOND = 50;
const SECONDS = 20;
const UPDATES = UPDATES_A_SECOND * SECONDS;
/** Tickets that wait before: who waits is at the head of a list that moves. */
const LEAD = 20;
/** A window may ask thirty times a second in the long run. */
const ASK_EVERY_MS = 50;
const P99_MS = 16;
const LONGEST_MS = 50;

/**
 * How late the event loop of the desk's main process is while it does what is most: a cold sync by image and by rows, and an
 * office in full swing. The built desk, read by a probe in it; an empty process at the same time says what the machine does.
 */
export const measure: Measure = async () => {
  const office = await openFilledOffice(HEADERS);
  const empty = await startEmpty(office.folder);
  const figures: Figure[] = [];
  const during = async (what: string, probe: Probe, work: () => Promise<unknown>): Promise<void> => {
    await Promise.all([probe.begin(), empty.probe.begin()]);
    await untilStopped(work());
    const [ours, control] = await Promise.all([probe.read(), empty.probe.read()]);
    figures.push(...readings(what, ours, control));
  };
  try {
    const luis = await office.signIn('luis@demo.test');
    await makeImage(office, luis);

    const byImage = await openBuiltDesk(office, 'by-image');
    await during(`cold sync of ${HEADERS.toLocaleString('en')} by image`, byImage.probe, byImage.enter);
    const forImage = await byImage.probe.read();
    const image = hashBranch((await byImage.stop()).branchFile);

    const byRows = await openBuiltDesk(office, 'by-rows', { BENCH_NO_ZSTD: '1' });
    await during('the same by rows', byRows.probe, byRows.enter);
    const forRows = await byRows.probe.read();
    if (forImage.imagesAsked !== 1 || forRows.imagesAsked !== 0) {
      throw new Error(`Images asked for: ${forImage.imagesAsked} by image, ${forRows.imagesAsked} by rows.`);
    }
    const { window } = byRows;
    showWaiting(window);
    const busy = keepBusy(office, luis);
    await busy.issueSome(LEAD);
    await during(`${UPDATES_A_SECOND} live updates a second for ${SECONDS} s`, byRows.probe, async () => {
      await busy.update(UPDATES);
      // So many wait only when all updates before have come.
      await busy.issueSome(LEAD);
      await window.until('waiting.changed', ({ count }) => count === 2 * LEAD);
    });
    const rows = hashBranch((await byRows.stop()).branchFile);
    const expected = HEADERS + UPDATES / 2 + 2 * LEAD;
    if (image.count !== HEADERS || rows.count !== expected || busy.waiting() !== 2 * LEAD) {
      throw new Error(`By image ${image.count} headers, by rows ${rows.count}, of ${HEADERS} and ${expected}.`);
    }
    return {
      work: 'Event loop of the desk’s main process meanwhile',
      beside: 'an empty process at the same time',
      figures,
      gate: `${image.count} headers by one image, ${rows.count} by no image but rows and updates, ${2 * LEAD} waiting on the screen at the end`,
    };
  } finally {
    await empty.stop();
    await office.close();
  }
};

const readings = (what: string, ours: Reading, control: Reading): Figure[] => [
  figure(`${what}: p99 (empty: ${control.p99.toFixed(1)})`, 'ms', { ours: ours.p99 }, { atMost: P99_MS }),
  figure(
    `${what}: longest (empty: ${control.longest.toFixed(1)})`,
    'ms',
    { ours: ours.longest },
    { atMost: LONGEST_MS },
  ),
];

/** The first desk waits until the image is there; the one that is read does not. */
async function makeImage(office: FilledOffice, desk: SignedInDesk): Promise<void> {
  const first = await openColdDesk(office, desk, 1);
  await first.stop();
  await first.remove();
}

/** As the page does: whenever the list has changed it asks for the rows in view, one question at a time. */
function showWaiting(window: TestWindow): void {
  let asked = -1;
  let isAsking = false;
  void window.until('waiting.changed', ({ version }) => {
    if (version === asked || isAsking) return false;
    asked = version;
    isAsking = true;
    void window
      .call('waiting.window', { from: 0, to: 50 })
      .then(() => delay(ASK_EVERY_MS))
      .then(() => {
        isAsking = false;
      });
    return false;
  });
}

/** An office at work: at each update in turn a ticket is issued, or the oldest that waits is cancelled by an agent. */
function keepBusy({ api, serverUrl, demo }: FilledOffice, desk: SignedInDesk) {
  const waiting: Promise<TicketId>[] = [];
  const issueOne = async (): Promise<TicketId> => {
    const { statusCode, body } = await request(new URL('/v1/branches/centro/tickets', serverUrl), {
      method: 'POST',
      headers: { authorization: `Bearer ${demo.deviceToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ service: 'caja', kind: 'turn' }),
    });
    const answer = await body.json();
    if (statusCode !== 201) throw new Error(`No ticket: ${statusCode} ${JSON.stringify(answer)}.`);
    return (answer as { id: TicketId }).id;
  };
  const issue = (): Promise<TicketId> => {
    const issued = issueOne();
    waiting.push(issued);
    return issued;
  };
  const cancel = async (): Promise<void> => {
    const ticketId = await waiting.shift();
    if (ticketId === undefined) throw new Error('Nobody waits any more.');
    const id = uuidv7() as CommandId;
    const body = { type: 'ticket.cancel' as const, ticketId };
    const command = { id, authorId: desk.agentId, sessionId: desk.sessionId, occurredAt: null, body };
    const { results } = await api.deliver(desk.key.device, [command], 10_000);
    if (results[0]?.status !== 'accepted') throw new Error(`Not cancelled: ${JSON.stringify(results[0])}.`);
  };
  const issueSome = async (count: number): Promise<void> => {
    await Promise.all(Array.from({ length: count }, issue));
  };
  return {
    issueSome,
    waiting: () => waiting.length,
    /** As many updates a second as are asked, however long each takes. */
    update: async (updates: number): Promise<void> => {
      const startedAt = performance.now();
      const acts: Promise<unknown>[] = [];
      for (let update = 0; update < updates; update += 1) {
        acts.push(update % 2 === 0 ? issue() : cancel());
        const wait = startedAt + ((update + 1) * 1_000) / UPDATES_A_SECOND - performance.now();
        if (wait > 0) await delay(wait);
      }
      await Promise.all(acts);
    },
  };
}

async function startEmpty(folder: string): Promise<{ probe: Probe; stop: () => Promise<void> }> {
  const path = join(folder, 'empty.probe');
  const child = spawn(process.execPath, [join(import.meta.dirname, '../floors/empty-process.ts')], {
    env: { ...process.env, ...withProbe(path) },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await once(createInterface(child.stdout), 'line');
  return {
    probe: await openProbe(path),
    stop: async () => {
      child.stdin.end();
      await once(child, 'exit');
    },
  };
}
