import { existsSync, globSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';

const [library] = globSync('/usr/lib/*/faketime/libfaketime.so.1');

/** The wall clock of a process that a test sets, also while it runs; its monotonic clock goes on as that of the machine. */
export interface OtherClock {
  environment: Record<string, string>;
  /** Seconds before or after the machine's own. */
  set: (seconds: number) => void;
}

/** @param path of the file through which it is set */
export function otherClock(path: string, seconds: number): OtherClock {
  if (library === undefined) throw new Error('libfaketime is missing');
  const set = (next: number): void => writeFileSync(path, `${next < 0 ? '' : '+'}${next}\n`);
  set(seconds);
  return {
    set,
    environment: {
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: path,
      FAKETIME_NO_CACHE: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      DONT_FAKE_MONOTONIC: '1',
    },
  };
}

/** Not where the library is missing or does not get into a process. */
export const canFakeTime = ((): boolean => {
  if (library === undefined || !existsSync(library)) return false;
  const env = { ...process.env, LD_PRELOAD: library, FAKETIME: '+180d' };
  const { stdout } = spawnSync(process.execPath, ['-p', 'Date.now()'], { env, encoding: 'utf8' });
  return Number(stdout) - Date.now() > 179 * 86_400_000;
})();
