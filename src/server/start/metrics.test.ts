import { expect, test, vi } from 'vitest';
import { createMetrics } from './metrics.ts';

const pool = { totalCount: 3, waitingCount: 0 };

test('[R12] a figure that cannot be read is left out and logged once, and the others are given', async () => {
  const errors: unknown[] = [];
  const log = { error: (line: unknown) => void errors.push(line) };
  const { registry, watch } = createMetrics({ pool } as never, log as never);
  const failure = new Error('no database');
  let isFailing = true;
  watch('ventanilla_evidence_lines', 'Lines', () => (isFailing ? Promise.reject(failure) : Promise.resolve(7)));
  watch('ventanilla_desks', 'Desks', () => 2);
  for (let reading = 0; reading < 2; reading += 1) {
    const told = await registry.metrics();
    expect(told).toMatch(/^ventanilla_desks 2$/m);
    expect(told).toMatch(/^ventanilla_database_connections 3$/m);
    expect(told).not.toMatch(/^ventanilla_evidence_lines /m);
  }
  expect(errors).toEqual([{ error: failure, figure: 'ventanilla_evidence_lines' }]);
  isFailing = false;
  expect(await registry.metrics()).toMatch(/^ventanilla_evidence_lines 7$/m);
  isFailing = true;
  expect(await registry.metrics()).not.toMatch(/^ventanilla_evidence_lines /m);
  expect(errors).toHaveLength(2);
});

test('[R12] a number that rises begins with 0 and is raised by what is told', async () => {
  const { registry, count } = createMetrics({ pool } as never, { error: () => undefined } as never);
  const raise = count('ventanilla_dropped_total', 'Dropped');
  expect(await registry.metrics()).toMatch(/^ventanilla_dropped_total 0$/m);
  raise(0);
  raise(2);
  raise(3);
  expect(await registry.metrics()).toMatch(/^# TYPE ventanilla_dropped_total counter\nventanilla_dropped_total 5$/m);
});

test('the delay of the event loop is that which something in its way has made, without the time between two looks', async () => {
  const { registry } = createMetrics({ pool } as never, { error: () => undefined } as never);
  const lag = async (): Promise<number> =>
    Number(/^ventanilla_event_loop_lag_seconds (.+)$/m.exec(await registry.metrics())?.[1]);
  expect(await lag()).toBeLessThan(0.2);
  const inItsWay = setInterval(() => {
    const until = performance.now() + 600;
    while (performance.now() < until);
  });
  // Of a time in which it was looked at at least twice.
  try {
    await vi.waitFor(async () => expect(await lag()).toBeGreaterThan(0.2), { timeout: 10_000, interval: 2_500 });
  } finally {
    clearInterval(inItsWay);
  }
  expect(await registry.metrics()).not.toContain('eventloop_lag_p99');
});
