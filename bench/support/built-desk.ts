import { join } from 'node:path';
import { startProcess } from '../../e2e/support/start-process.ts';
import { openTestWindow, type TestWindow } from '../../src/main/testing/test-window.ts';
import type { FilledOffice } from './filled-office.ts';
import { openProbe, withProbe, type Probe } from './probed.ts';

/** The built browser desk as a process, a window on it, and the probe in it. An agent is signed in and chooses a seat. */
export interface BuiltDesk {
  window: TestWindow;
  probe: Probe;
  /** Sits down; gives the ms until the desk has caught up with its branch. */
  enter: () => Promise<number>;
  /** The branch's own file is whole then. */
  stop: () => Promise<{ branchFile: string }>;
}

/** @param name of its folder in that of the office; an own one for each */
export async function openBuiltDesk(
  office: FilledOffice,
  name: string,
  environment: Record<string, string> = {},
): Promise<BuiltDesk> {
  const { branchId, serverUrl, demo } = office;
  const dataFolder = join(office.folder, name);
  const probePath = join(office.folder, `${name}.probe`);
  const running = await startProcess<{ desks: string[] }>('out/main/browser-desk.cjs', {
    VENTANILLA_DATA: dataFolder,
    VENTANILLA_SERVER: serverUrl.href,
    ...withProbe(probePath),
    ...environment,
  });
  const window = await openTestWindow(running.ready.desks[0] ?? '');
  const probe = await openProbe(probePath);
  await window.until('session.changed', ({ state }) => state === 'signedOut');
  await window.call('session.signIn', { email: 'ana@demo.test', password: demo.password });
  const session = await window.until('session.changed', ({ state }) => state === 'choosingSeat');
  const seats = session.state === 'choosingSeat' ? session.seats : [];
  const module = seats.find((seat) => seat.branchId === branchId)?.modules.at(-1);
  if (!module) throw new Error('Nowhere to sit.');
  return {
    window,
    probe,
    enter: async () => {
      const startedAt = performance.now();
      await window.call('session.takeSeat', { branchId, moduleId: module.id });
      await window.until('session.changed', ({ state }) => state === 'working');
      await window.until('line.changed', ({ state, syncedAt }) => state === 'up' && syncedAt !== null);
      return performance.now() - startedAt;
    },
    stop: async () => {
      window.socket.close();
      await running.stop();
      return { branchFile: join(dataFolder, 'desk-1', 'database', `branch-${branchId}.db`) };
    },
  };
}
