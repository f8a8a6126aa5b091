import { once } from 'node:events';
import type { Act } from '../../../src/bridge/act.ts';
import { CallRefused, openTestWindow, type TestWindow } from '../../../src/main/testing/test-window.ts';
import { startProcess, type Running } from '../../support/start-process.ts';
import { PASSWORD } from './fault-office.ts';
import type { History, HistoryEvent } from './history.ts';

/** A browser desk as a process, and a window on it. It keeps its data when it is started again. */
export interface FaultDesk {
  /** Of the process that runs now. */
  window: () => TestWindow;
  process: () => Running<unknown>['child'];
  /** Resolves when the process that runs now is gone, or the window on it. */
  gone: () => Promise<unknown>;
  /** SIGKILL by default; resolves when it is gone. */
  kill: (signal?: NodeJS.Signals) => Promise<void>;
  start: () => Promise<void>;
  /** The agent reloads the page: another window on the same process takes the place of this one. */
  reload: () => Promise<void>;
  /** Signs its agent in and sits down, with the line or without: what of it is still to be done. */
  enter: () => Promise<void>;
  /** The same promise; until it is kept the desk does not wait between two tries of the line. */
  hurried: <Result>(promise: Promise<Result>) => Promise<Result>;
  lineUp: () => Promise<void>;
  /** Until nothing waits in the outbox. */
  delivered: () => Promise<void>;
  /** Does an act and records what came of it; `unknown` when the desk died over it. */
  perform: (history: History, op: string, ticketId: string, act: Act) => Promise<HistoryEvent['type']>;
}

/** @param number of its agent and module, 1 first */
export async function openFaultDesk(options: {
  serverUrl: string;
  dataFolder: string;
  number: number;
  /** What its process gets beside its own. */
  environment?: Record<string, string>;
}): Promise<FaultDesk> {
  const { number } = options;
  const client = `desk ${number}`;
  let present: Awaited<ReturnType<typeof begin>> | null = null;
  let inHurry = 0;
  let triedFor = 0;
  const hurry = (): void => {
    const line = present?.window.latest('line.changed');
    if (inHurry === 0 || line?.state !== 'down' || line.nextTryAt === null || line.nextTryAt === triedFor) return;
    triedFor = line.nextTryAt;
    void present?.window.call('line.retryNow', {});
  };
  const hurried = async <Result>(promise: Promise<Result>): Promise<Result> => {
    inHurry += 1;
    hurry();
    return promise.finally(() => {
      inHurry -= 1;
    });
  };
  const begin = async () => {
    const running = await startProcess<{ desks: string[] }>('out/main/browser-desk.cjs', {
      VENTANILLA_DATA: options.dataFolder,
      VENTANILLA_SERVER: options.serverUrl,
      ...options.environment,
    });
    const looking = await look(running);
    await looking.window.until('session.changed', ({ state }) => state === 'signedOut');
    return looking;
  };
  const look = async (running: Running<{ desks: string[] }>) => {
    const window = await openTestWindow(running.ready.desks[0] as string);
    window.socket.on('error', () => undefined);
    const died = once(window.socket, 'close');
    void window.until('line.changed', () => {
      hurry();
      return false;
    });
    return { running, window, died };
  };
  present = await begin();

  const current = () => present!;

  const enter = async (): Promise<void> => {
    const { window } = current();
    // Facts are told before the answer to the call that they follow from.
    const state = () => window.until('session.changed', (fact) => fact.state !== 'starting');
    if ((await state()).state === 'signedOut') {
      await window.call('session.signIn', { email: `agente${number}@fallas.test`, password: PASSWORD });
    }
    const fact = await state();
    if (fact.state !== 'choosingSeat') return;
    const [seat] = fact.seats;
    const module = seat?.modules.find(({ name }) => name === `Módulo ${number}`);
    if (!seat || !module) throw new Error(`no module for desk ${number}`);
    await window.call('session.takeSeat', { branchId: seat.branchId, moduleId: module.id });
  };

  return {
    window: () => current().window,
    process: () => current().running.child,
    gone: () => current().died,
    kill: async (signal = 'SIGKILL') => {
      await current().running.stop(signal);
      await current().died;
    },
    start: async () => {
      present = await begin();
    },
    reload: async () => {
      const { running, died } = current();
      present = await look(running);
      await died;
      // All facts are told to a new window in one go, this one among the first.
      await present.window.until('session.changed', () => true);
    },
    enter,
    hurried,
    lineUp: async () => {
      await hurried(current().window.until('line.changed', ({ state }) => state === 'up'));
    },
    delivered: async () => {
      await current().window.until('outbox.changed', ({ pending }) => pending.length === 0);
    },
    perform: async (history, op, ticketId, act) => {
      const { window, died } = current();
      const event = { client, op, ticketId };
      history.record({ type: 'invoke', ...event });
      const end = await Promise.race([
        window.call('act', act).then(
          () => ({ type: 'ok' as const }),
          (error: unknown) => {
            if (!(error instanceof CallRefused)) throw error;
            return { type: 'fail' as const, reason: error.body.code };
          },
        ),
        died.then(() => ({ type: 'unknown' as const })),
      ]);
      history.record({ ...event, ...end });
      return end.type;
    },
  };
}
