import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium, type Page } from '@playwright/test';
import type { ServerReady } from '../../e2e/support/office.ts';
import { startProcess } from '../../e2e/support/start-process.ts';
import { deskFolders } from '../../src/main/start/desk-folders.ts';
import { isPasswordOf, makeVerifier } from '../../src/main/session/last-agent.ts';
import { findChromium } from '../../tools/find-chromium.ts';
import { compare, compared, median } from '../compare.ts';
import { fillBranch } from '../fill-branch.ts';
import { figure, type Measure } from '../row.ts';
import { atRest } from '../support/at-rest.ts';
import { quickAgent } from '../support/quick-agent.ts';

const HEADERS = 100_000;
const WAITING = 12;
const FIRST_ROWS = 5;
/** The first start waits for the image of the branch to be made. */
const FIRST_START_MS = 120_000;
const PAIRS = 9;

/**
 * The built desk from its exec to the first rows of its list on the screen of a real Chromium, with its cache full and nobody
 * pausing: whoever signs in types nothing and hesitates nowhere. Beside it a process that opens the same files, reads the first
 * rows and serves the same page without its script, in the same Chromium, whose own new window has come to rest.
 */
export const measure: Measure = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ventanilla-bench-'));
  const office = await startProcess<ServerReady>('out/server/server.js', {
    VENTANILLA_DATA: join(folder, 'server'),
    VENTANILLA_PORT: '0',
  });
  const browser = await chromium.launch({
    executablePath: findChromium() ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  });
  try {
    const { server, demo } = office.ready;
    const databaseUrl = (await readFile(join(folder, 'server', 'database-url'), 'utf8')).trim();
    // Before the branch is filled, whose tickets take the numbers that follow.
    const codes = await issueTickets(server, demo.deviceToken);
    const branchId = await fillBranch(databaseUrl, 'centro', HEADERS);
    const data = join(folder, 'desk');
    const startDesk = () =>
      startProcess<{ desks: [string] }>('out/main/browser-desk.cjs', {
        VENTANILLA_DATA: data,
        VENTANILLA_SERVER: server,
      });
    const openPage = async (): Promise<Page> => {
      const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'es-CO' });
      return context.newPage();
    };

    const first = await startDesk();
    const firstPage = await openPage();
    const shown = watch(firstPage);
    await firstPage.addInitScript(quickAgent, { password: demo.password, rows: FIRST_ROWS });
    await firstPage.goto(first.ready.desks[0]);
    await firstPage.getByRole('textbox', { name: 'Correo' }).fill('ana@demo.test');
    await shown('list');
    await firstPage
      .getByRole('status', { name: 'Sin conexión' })
      .waitFor({ state: 'detached', timeout: FIRST_START_MS });
    await firstPage.context().close();
    await first.stop();

    const phases: { ready: number; form: number; seat: number; list: number }[] = [];
    const ours = async (): Promise<number> => {
      const page = await openPage();
      await page.addInitScript(quickAgent, { password: demo.password, rows: FIRST_ROWS });
      const seen = watch(page);
      await atRest(browser);
      const start = performance.now();
      const desk = await startDesk();
      const ready = performance.now() - start;
      await page.goto(desk.ready.desks[0], { waitUntil: 'commit' });
      const form = (await seen('form')).at - start;
      const seat = (await seen('seat')).at - start;
      const list = await seen('list');
      phases.push({ ready, form, seat, list: list.at - start });
      if (list.what !== `list ${codes.slice(0, FIRST_ROWS).join(' ')}`) throw new Error(`The list shows: ${list.what}`);
      await page.context().close();
      await desk.stop();
      return list.at - start;
    };

    const { databaseFolder } = deskFolders(data, 1);
    const files = { CACHE: join(folder, 'floor-cache.db'), BRANCH_FILE: join(folder, 'floor-branch.db') };
    await copyFile(join(databaseFolder, 'cache.db'), files.CACHE);
    await copyFile(join(databaseFolder, `branch-${branchId}.db`), files.BRANCH_FILE);
    const theirs = async (): Promise<number> => {
      const page = await openPage();
      await page.addInitScript(() =>
        addEventListener('load', () =>
          requestAnimationFrame(() => requestAnimationFrame(() => console.info('bench list'))),
        ),
      );
      const seen = watch(page);
      await atRest(browser);
      const start = performance.now();
      const floor = spawn(process.execPath, [join(import.meta.dirname, '../floors/page-server.mjs')], {
        env: { ...process.env, ...files, PAGE: 'out/renderer', BRANCH: branchId },
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      const [port] = (await once(createInterface(floor.stdout), 'line')) as [string];
      await page.goto(`http://127.0.0.1:${port}/`, { waitUntil: 'commit' });
      const took = (await seen('list')).at - start;
      await page.context().close();
      floor.stdin.end();
      await once(floor, 'exit');
      return took;
    };

    const comparison = await compare(ours, theirs, PAIRS);
    const phase = (name: keyof (typeof phases)[number]): number => median(phases.map((each) => each[name]));
    return {
      work: `Start of a desk with ${HEADERS.toLocaleString('en')} headers in its cache`,
      beside: 'opening the same files, a first query, the same page empty',
      figures: [
        compared('exec to the first rows on the screen', 'ms', comparison, { atMost: 1.5 }),
        figure('exec to the ready line', 'ms', { ours: phase('ready') }),
        figure('exec to the form on the screen', 'ms', { ours: phase('form'), theirs: comparison.theirs }),
        figure('Ingresar to the seat', 'ms', { ours: phase('seat') - phase('form') }),
        figure('seat to the first rows', 'ms', { ours: phase('list') - phase('seat') }),
        figure('of that one check of a password', 'ms', { ours: await passwordCheck(demo.password) }),
      ],
      gate: `the first ${FIRST_ROWS} of ${WAITING} waiting, in their order, at every start`,
    };
  } finally {
    await browser.close();
    await office.stop();
    await rm(folder, { recursive: true, force: true });
  }
};

/** Listens to what is said in the page. The returned function resolves once something beginning with `what` was. */
function watch(page: Page): (what: string) => Promise<{ what: string; at: number }> {
  const said: { what: string; at: number }[] = [];
  const waiting = new Set<() => void>();
  page.on('console', (message) => {
    const [, what] = /^bench (.*)/.exec(message.text()) ?? [];
    if (what === undefined) return;
    said.push({ what, at: performance.now() });
    for (const look of waiting) look();
  });
  return (what) =>
    new Promise((resolve) => {
      const look = (): void => {
        const found = said.find((each) => each.what.startsWith(what));
        if (!found) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
    });
}

async function issueTickets(server: string, deviceToken: string): Promise<string[]> {
  const codes: string[] = [];
  for (let ticket = 0; ticket < WAITING; ticket += 1) {
    const answer = await fetch(`${server}/v1/branches/centro/tickets`, {
      method: 'POST',
      headers: { authorization: `Bearer ${deviceToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ service: 'caja', kind: 'turn' }),
    });
    if (answer.status !== 201) throw new Error(`No ticket: ${answer.status} ${await answer.text()}`);
    codes.push(((await answer.json()) as { code: string }).code);
  }
  return codes;
}

/** What one check costs here: a start has one at the server, and one to be able to come back without the line. */
async function passwordCheck(password: string): Promise<number> {
  const verifier = await makeVerifier(password);
  const took: number[] = [];
  for (let round = 0; round < 9; round += 1) {
    const start = performance.now();
    await isPasswordOf({ verifier } as Parameters<typeof isPasswordOf>[0], password);
    took.push(performance.now() - start);
  }
  return median(took);
}
