import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import type { ActCustomer } from '../../bridge/act.ts';
import type { Fact } from '../../bridge/contract.ts';
import type { TicketId } from '../../protocol/ids.ts';
import { branch, caja, moduleOne } from './fake-office.ts';
import { startFakeServer, type FakeServer } from './fake-server.ts';
import type { LineTimings } from '../sync/line-timings.ts';
import {
  createDeskHome,
  openTestDesk,
  quickTimings,
  signInAt,
  startWorking,
  type DeskHome,
  type OpenDesk,
} from './test-desk.ts';
import { attachTestWindow, type TestWindow } from './test-window.ts';

/**
 * What every test of a whole desk stands on, made anew for each test of the file and put away behind it: a server, a data
 * folder, and a desk that is open on both, with a window. With `isWorking`, Ana is at work there.
 */
export function deskUnderTest({ isWorking = false } = {}) {
  let server: FakeServer;
  let home: DeskHome;
  let running: OpenDesk | null = null;
  let window: TestWindow;

  const desk = {
    get server() {
      return server;
    },
    get home() {
      return home;
    },
    get window() {
      return window;
    },
    /** The desk itself, without a window. */
    get running() {
      if (!running) throw new Error('The desk is stopped.');
      return running;
    },

    open: async (timings: Partial<LineTimings> = {}): Promise<void> => {
      running = await openTestDesk(home, server, { ...quickTimings, ...timings });
      window = running.window;
    },
    stop: async (): Promise<void> => {
      await running?.stop();
      running = null;
    },
    restart: async (timings?: Partial<LineTimings>): Promise<void> => {
      await desk.stop();
      await desk.open(timings);
    },
    /** Ends the desk and opens one on this folder; the folder it had is gone. */
    moveTo: async (other: DeskHome): Promise<void> => {
      await desk.stop();
      home.remove();
      home = other;
      await desk.open();
    },
    /** A window that opens now, in place of the one that was there. */
    openWindow: (): void => {
      window = attachTestWindow(desk.running.attach);
    },
    /** Every byte that the desk keeps on disk. */
    onDisk: (): string =>
      readdirSync(home.folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => readFileSync(join(entry.parentPath, entry.name)).toString('latin1'))
        .join('\n'),

    signIn: (email?: string, password?: string) => signInAt(window, email, password),
    takeSeat: (moduleId = moduleOne) => window.call('session.takeSeat', { branchId: branch, moduleId }),
    startWorking: () => startWorking(window),
    signedOut: () => window.until('session.changed', ({ state }) => state === 'signedOut'),

    line: (state: Fact<'line.changed'>['state']) => window.until('line.changed', (fact) => fact.state === state),
    goOffline: async (): Promise<void> => {
      server.cut();
      await window.until('line.changed', ({ state }) => state !== 'up');
    },
    /** So many customers wait. */
    waiting: (count: number) => window.until('waiting.changed', (fact) => fact.count === count),
    /** Nothing waits to be sent any more. */
    allSent: () => window.until('outbox.changed', ({ pending }) => pending.length === 0),
    /** A customer without a turn is attended: of Caja and unknown by default. */
    attendNow: async (
      serviceId = caja,
      customer: ActCustomer = { type: 'none' },
    ): Promise<{ ticketId: TicketId; turnCode: string }> => {
      const act = { type: 'ticket.attendNow', serviceId, customer } as const;
      const { ticketId, turnCode } = await window.call('act', act);
      if (ticketId === null || turnCode === null) throw new Error('The customer has no ticket.');
      return { ticketId, turnCode };
    },
    finish: (ticketId: TicketId) => window.call('act', { type: 'attention.finish', ticketId }),
  };

  beforeEach(async () => {
    server = await startFakeServer();
    home = createDeskHome();
    await desk.open();
    if (isWorking) await desk.startWorking();
  });
  afterEach(async () => {
    await desk.stop();
    await server.stop();
    home.remove();
  });
  return desk;
}
