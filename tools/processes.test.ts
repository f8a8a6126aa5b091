import { expect, test } from 'vitest';
import { runToEnd, wasStopped } from './processes.mjs';

const endedBy = (signal: string) =>
  runToEnd(process.execPath, ['-e', `process.kill(process.pid, '${signal}'); setInterval(() => {}, 1000)`]);

test.runIf(process.platform !== 'win32')(
  'a program that a signal asked to end was stopped; one that crashed, was killed or failed was not',
  async () => {
    for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM']) expect(wasStopped(await endedBy(signal))).toBe(true);
    for (const signal of ['SIGABRT', 'SIGKILL', 'SIGSEGV']) expect(wasStopped(await endedBy(signal))).toBe(false);
    expect(wasStopped(await runToEnd(process.execPath, ['-e', 'process.exit(1)']))).toBe(false);
  },
);
