import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser, Page } from '@playwright/test';
import type { IssuedTicket, IssueTicket } from '../../src/protocol/http/public-api.ts';
import { DeskPage } from './desk-page.ts';
import { copyStarted } from './first-start.ts';
import { freePort } from './free-port.ts';
import { watchedPage, type PageOptions } from './watched-page.ts';
import { startProcess, type Running } from './start-process.ts';
import { layWire, type Wire } from './wire.ts';

const run = promisify(execFile);

export interface ServerReady {
  server: string;
  kiosk: string;
  display: string;
  docs: string;
  demo: {
    password: string;
    deviceToken: string;
    agents: { email: string; role: string; branch: string; main: string[]; support: string[] }[];
  };
}

/** A workstation: a process of its own, on a wire of its own. */
export interface Desk {
  url: string;
  wire: Wire;
  running: Running<{ desks: string[] }>;
  dataFolder: string;
}

/** A whole office: the built central server on its embedded PostgreSQL, and desks. */
export interface Office extends ServerReady {
  /** Between customers' pages and the server, under the address that the server takes for its own; null without one. */
  pagesWire: Wire | null;
  /** Runs a verb of `admin` beside the server, and gives its answer. */
  admin: (...args: string[]) => Promise<unknown>;
  /** SIGTERM to the server, and a new start on the same port with the same data; `meanwhile` happens while it is away. */
  restartServer: (meanwhile: () => Promise<void>) => Promise<void>;
  /** With the data folder of an earlier desk: the same workstation, started anew. */
  openDesk: (options?: { dataFolder?: string; wire?: Wire }) => Promise<Desk>;
  /** A page in a browser profile of its own. What it does wrong fails `close`. */
  openPage: (url: string, options?: PageOptions) => Promise<Page>;
  openDeskPage: (desk: Desk, options?: PageOptions) => Promise<DeskPage>;
  /** As an integrator does it: by the public API. */
  issueTicket: (service: string, more?: Omit<Partial<IssueTicket>, 'service'>) => Promise<IssuedTicket>;
  /** Ends everything; throws when a page, the server or a desk has complained, or did not end with 0. */
  close: () => Promise<void>;
}

/** `environment`: more of the server's variables. */
export async function openOffice(
  browser: Browser,
  { hasPagesWire = false, environment = {} }: { hasPagesWire?: boolean; environment?: Record<string, string> } = {},
): Promise<Office> {
  const folder = await mkdtemp(join(tmpdir(), 'ventanilla-e2e-'));
  const port = await freePort();
  const pagesWire = hasPagesWire ? await layWire(`http://127.0.0.1:${port}`) : null;
  const startServer = (): Promise<Running<ServerReady>> =>
    startProcess('out/server/server.js', {
      VENTANILLA_DATA: join(folder, 'server'),
      VENTANILLA_PORT: String(port),
      ...(pagesWire && { VENTANILLA_PUBLIC_URL: pagesWire.url }),
      ...environment,
    });
  await copyStarted(join(folder, 'server'));
  let running = await startServer();
  const { server, demo } = running.ready;
  const desks: Desk[] = [];
  const pages: Page[] = [];
  const problems: string[] = [];

  const openPage = async (url: string, options: PageOptions = {}): Promise<Page> => {
    const page = await watchedPage(browser, options, (problem) => problems.push(problem));
    pages.push(page);
    await page.goto(url);
    return page;
  };

  const end = async (process: Running<unknown>): Promise<void> => {
    const code = await process.stop();
    const wasKilled = process.child.signalCode === 'SIGKILL';
    if (code !== 0 && !wasKilled) problems.push(`${process.child.spawnargs.join(' ')} ended with ${code}`);
    problems.push(...process.errors());
  };

  return {
    ...running.ready,
    pagesWire,
    admin: async (...args) => {
      const env = { PATH: process.env['PATH'] ?? '', TZ: 'UTC', VENTANILLA_DATA: join(folder, 'server') };
      const { stdout } = await run(process.execPath, ['out/server/admin.js', '--json', ...args], { env });
      return JSON.parse(stdout) as unknown;
    },
    restartServer: async (meanwhile) => {
      await end(running);
      await meanwhile();
      running = await startServer();
    },
    openPage,
    openDesk: async ({ dataFolder = join(folder, `desk-${desks.length + 1}`), wire } = {}) => {
      const ownWire = wire ?? (await layWire(server));
      const process = await startProcess<{ desks: string[] }>('out/main/browser-desk.cjs', {
        VENTANILLA_DATA: dataFolder,
        VENTANILLA_SERVER: ownWire.url,
      });
      const [url] = process.ready.desks;
      if (url === undefined) throw new Error('the desk gave no address');
      const desk = { url, wire: ownWire, running: process, dataFolder };
      desks.push(desk);
      return desk;
    },
    openDeskPage: async (desk, options) => new DeskPage(await openPage(desk.url, options)),
    issueTicket: async (service, more = {}) => {
      const answer = await fetch(`${server}/v1/branches/centro/tickets`, {
        method: 'POST',
        headers: { authorization: `Bearer ${demo.deviceToken}`, 'content-type': 'application/json' },
        body: JSON.stringify({ service, ...more }),
      });
      if (answer.status !== 201) throw new Error(`no ticket: ${answer.status} ${await answer.text()}`);
      return (await answer.json()) as IssuedTicket;
    },
    close: async () => {
      for (const page of pages) await page.context().close();
      for (const desk of desks) await end(desk.running);
      await end(running);
      for (const desk of desks) await desk.wire.close();
      await pagesWire?.close();
      await rm(folder, { recursive: true, force: true });
      if (problems.length > 0) throw new Error(problems.join('\n'));
    },
  };
}
