import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { FILE_EXTENSIONS } from '../../../domain/files/file-kinds.ts';
import { Refusal } from '../../policies/refusal.ts';
import type { Inspected, InspectionJob } from './inspect-file.ts';
import type { Verdict } from './worker.ts';

export interface Inspector {
  /**
   * Looks a file through, in another process.
   * @throws Refusal FILE_TYPE, IMAGE_TOO_LARGE, FILE_DAMAGED (also where it took too long, or the process did not outlive it),
   * UNAVAILABLE while too many wait, or no process can be started
   */
  inspect: (job: InspectionJob) => Promise<Inspected>;
  stop: () => void;
}

interface Options {
  workerUrl: URL;
  /** Longest that one file may take, in ms. */
  deadlineMs?: number;
}

/** At a time: each has a processor of its own, and the others go on. */
const LANES = 2;
const MOST_WAITING = 50;
const DEADLINE_MS = 60_000;
/** A process that has nothing to do goes, with the memory that it took. */
const IDLE_MS = 60_000;

interface Lane {
  child: ChildProcess;
  isBusy: boolean;
  idle: NodeJS.Timeout | undefined;
}

/**
 * Files of strangers are read by processes of their own, at low priority, with a deadline and without anything of the server's:
 * what a decoder does wrong ends there.
 */
export function createInspector({ workerUrl, deadlineMs = DEADLINE_MS }: Options): Inspector {
  const lanes = new Set<Lane>();
  const waiting: (() => void)[] = [];
  let isStopped = false;

  const open = (): Lane => {
    const child = fork(fileURLToPath(workerUrl), {
      env: whatNodeNeeds(),
      execArgv: ['--max-old-space-size=512'],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const lane: Lane = { child, isBusy: false, idle: undefined };
    lanes.add(lane);
    const gone = (): void => {
      clearTimeout(lane.idle);
      if (lanes.delete(lane)) waiting.shift()?.();
    };
    child.once('exit', gone);
    // A process that could not be started tells of no exit.
    child.on('error', () => {
      gone();
      child.kill('SIGKILL');
    });
    return lane;
  };

  const takeLane = async (): Promise<Lane> => {
    for (;;) {
      if (isStopped) throw new Refusal('UNAVAILABLE');
      const free = [...lanes].find(({ isBusy, child }) => !isBusy && child.connected);
      const lane = free ?? (lanes.size < LANES ? open() : null);
      if (lane) {
        clearTimeout(lane.idle);
        lane.isBusy = true;
        return lane;
      }
      if (waiting.length >= MOST_WAITING) throw new Refusal('UNAVAILABLE');
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
  };
  const giveBack = (lane: Lane): void => {
    lane.isBusy = false;
    lane.idle = setTimeout(() => {
      lane.isBusy = true;
      lane.child.kill();
    }, IDLE_MS).unref();
    waiting.shift()?.();
  };

  /** Null: the process ended before it answered, by itself or by the deadline. */
  const ask = ({ child }: Lane, job: InspectionJob): Promise<Verdict | null> =>
    new Promise((resolve) => {
      const late = setTimeout(() => child.kill('SIGKILL'), deadlineMs);
      const end = (verdict: Verdict | null): void => {
        clearTimeout(late);
        child.off('exit', ended).off('error', ended).off('message', answered);
        resolve(verdict);
      };
      const ended = (): void => end(null);
      const answered = (verdict: unknown): void => end(verdict as Verdict);
      child.once('exit', ended).once('error', ended).once('message', answered);
      child.send(job, (error) => {
        if (error) child.kill('SIGKILL');
      });
    });

  return {
    inspect: async (job) => {
      const lane = await takeLane();
      const verdict = await ask(lane, job).finally(() => giveBack(lane));
      if (verdict === null && (isStopped || lane.child.pid === undefined)) throw new Refusal('UNAVAILABLE');
      if (verdict === null) throw new Refusal('FILE_DAMAGED');
      if (verdict.type === 'good') return verdict.inspected;
      if (verdict.type === 'failed') throw new Error(`a file could not be looked through: ${verdict.message}`);
      const { code, detected } = verdict;
      throw new Refusal(code, code === 'FILE_TYPE' ? { values: foundInstead(detected ?? '') } : {});
    },
    stop: () => {
      isStopped = true;
      for (const { child } of lanes) child.kill('SIGKILL');
      for (const go of waiting.splice(0)) go();
    },
  };
}

/** Nothing of the server's: no address, no password. Windows starts no program without its own. */
function whatNodeNeeds(): Record<string, string> {
  const { SystemRoot } = process.env;
  return SystemRoot === undefined ? {} : { SystemRoot };
}

/** What a refusal with FILE_TYPE says. */
export const foundInstead = (detected: string): Record<string, string> => ({ detected, allowed: FILE_EXTENSIONS });
