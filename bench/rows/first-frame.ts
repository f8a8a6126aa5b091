import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { DeskPage } from '../../e2e/support/desk-page.ts';
import { GuestPage } from '../../e2e/support/guest-page.ts';
import type { ServerReady } from '../../e2e/support/office.ts';
import { startProcess } from '../../e2e/support/start-process.ts';
import { median } from '../compare.ts';
import { compareTails, tail } from '../compare-tails.ts';
import { figure, type Figure, type Measure } from '../row.ts';
import { beginMarks, markCall, readMarks } from '../support/call-marks.ts';
import { startFloor } from '../support/floor-process.ts';
import { inviteGuest } from '../support/invite-guest.ts';
import { openCallPage, openChromium } from '../support/open-chromium.ts';

/** Calls of one side in each quarter of a round. */
const CALLS = 4;
const ROUNDS = 5;

declare global {
  interface Window {
    isReady?: boolean;
    /** When the agent pressed, and when the first picture of the other side was shown; ms since 1970, in the page's own clock. */
    calledAt?: number;
    seenAt?: number;
  }
}

/**
 * From the press of an agent on "Atender" to the first picture of the other side on both screens, with the guest in the waiting
 * room and their camera on. Built server and desk, two processes of Chromium. Beside it two pages in the same two processes, with
 * simple-peer as it comes and a bare server between them: the same devices, and the agent's taken at the press as well.
 */
export const measure: Measure = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ventanilla-bench-'));
  const office = await startProcess<ServerReady>('out/server/server.js', {
    VENTANILLA_DATA: join(folder, 'server'),
    VENTANILLA_PORT: '0',
  });
  const { server, demo } = office.ready;
  const desk = await startProcess<{ desks: [string] }>('out/main/browser-desk.cjs', {
    VENTANILLA_DATA: join(folder, 'desk'),
    VENTANILLA_SERVER: server,
  });
  const floor = await startFloor('call-server.mjs', {});
  const [agents, guests] = [await openChromium(), await openChromium()];
  try {
    const openMarked = (browser: Browser, url: string): Promise<Page> =>
      openCallPage(browser, url, (page) => page.addInitScript(markCall));
    const luis = new DeskPage(await openMarked(agents, desk.ready.desks[0]));
    await luis.signIn('luis@demo.test', demo.password);
    await luis.setManual(true);
    await luis.choose('Estado', 'En línea');

    let calls = 0;
    const steps: Record<'ours' | 'theirs', Steps> = { ours: new Map(), theirs: new Map() };
    const ours = async (): Promise<number> => {
      const { url, code } = await inviteGuest(server, demo.deviceToken, 'asesoria-virtual');
      const guest = new GuestPage(await openMarked(guests, url));
      await guest.enter();
      await watch(guest.page, 'Video de Luis');
      await watch(luis.page, 'Imagen de');
      // The test of the guest's line is over: whoever is called at once waits longer.
      await luis.row(code).getByText('Listo', { exact: true }).waitFor();
      for (const page of [luis.page, guest.page]) await beginMarks(page);
      const button = luis.row(code).getByRole('button', { name: 'Atender' });
      await button.evaluate((element: HTMLElement) => {
        window.calledAt = performance.timeOrigin + performance.now();
        element.click();
      });
      const took = await timeOf(luis.page, guest.page, steps.ours);
      await luis.button('Terminar atención').click();
      await guest.page.getByText('Su atención terminó').waitFor();
      await guest.page.context().close();
      calls += 1;
      return took;
    };

    const theirs = async (): Promise<number> => {
      const guest = await openMarked(guests, `http://127.0.0.1:${floor.port}/`);
      const agent = await openMarked(agents, `http://127.0.0.1:${floor.port}/#agent`);
      for (const page of [guest, agent]) {
        await page.waitForFunction(() => window.isReady);
        await beginMarks(page);
      }
      await agent.getByRole('button').evaluate((element: HTMLElement) => element.click());
      const took = await timeOf(agent, guest, steps.theirs);
      for (const page of [guest, agent]) await page.context().close();
      return took;
    };

    const comparison = await compareTails(
      () => times(CALLS, ours),
      () => times(CALLS, theirs),
      ROUNDS,
    );
    return {
      work: 'From the agent’s call to the first picture on both sides',
      beside: 'two pages of bare simple-peer in the same two browsers, over a bare server',
      figures: [
        tail('both see each other', 0.5, comparison, { atMost: 1.3 }),
        tail('both see each other', 0.95, comparison, { atMost: 1.6 }),
        ...stepFigures(steps.ours, steps.theirs),
      ],
      gate: `${calls} calls, each with decoded pictures on both sides and ended for both`,
    };
  } finally {
    await agents.close();
    await guests.close();
    await floor.stop();
    await desk.stop();
    await office.stop();
    await rm(folder, { recursive: true, force: true });
  }
};

/** Notes when the first picture of a video by this label is shown that is not shown now. */
const watch = (page: Page, label: string): Promise<void> =>
  page.evaluate((name) => {
    delete window.seenAt;
    const observer = new MutationObserver(() => {
      const video = document.querySelector<HTMLVideoElement>(`video[aria-label^="${name}"]`);
      if (video === null) return;
      observer.disconnect();
      video.requestVideoFrameCallback(() => (window.seenAt = performance.timeOrigin + performance.now()));
    });
    observer.observe(document.body, { childList: true, subtree: true });
  }, label);

/** When each step of a call was done, ms after the press, over all calls. */
type Steps = Map<string, number[]>;

async function timeOf(agent: Page, guest: Page, steps: Steps): Promise<number> {
  const seen: number[] = [];
  for (const page of [agent, guest]) {
    await page.waitForFunction(() => window.seenAt !== undefined);
    seen.push(await page.evaluate(() => window.seenAt ?? NaN));
  }
  const calledAt = await agent.evaluate(() => window.calledAt ?? NaN);
  for (const [who, page, seenAt] of [
    ['agent', agent, seen[0]],
    ['guest', guest, seen[1]],
  ] as const) {
    for (const [name, at] of Object.entries({ ...(await readMarks(page)), picture: seenAt ?? NaN })) {
      const step = `${who}: ${name}`;
      steps.set(step, [...(steps.get(step) ?? []), at - calledAt]);
    }
  }
  return Math.max(...seen) - calledAt;
}

/** Medians since the press, in the order of time; not all steps are on both sides. */
function stepFigures(ours: Steps, theirs: Steps): Figure[] {
  const halfway = (steps: Steps, name: string): number => median(steps.get(name) ?? []);
  return [...ours.keys()]
    .toSorted((one, other) => halfway(ours, one) - halfway(ours, other))
    .map((name) => {
      const sides = { ours: halfway(ours, name), ...(theirs.has(name) && { theirs: halfway(theirs, name) }) };
      return figure(`until, ${name}`, 'ms', sides);
    });
}

async function times(count: number, work: () => Promise<number>): Promise<number[]> {
  const costs: number[] = [];
  for (let done = 0; done < count; done += 1) costs.push(await work());
  return costs;
}
