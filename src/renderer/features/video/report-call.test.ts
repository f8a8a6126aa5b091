import { expect, test } from 'vitest';
import type { CallReport } from '../../../protocol/video/call-report.ts';
import type { LinkStats } from '../../../web/peer/create-stats-reader.ts';
import { FakeCall } from '../../../web/peer/testing/fake-call.ts';
import { reportCall } from './report-call.ts';

const stats = { roundTripMilliseconds: 950, lossReceived: 0.1, lossSent: null } as LinkStats;

function watched() {
  const call = new FakeCall(
    () => undefined,
    () => ({}),
  );
  const clock = { now: 0 };
  const told: CallReport[] = [];
  const end = reportCall(
    call,
    (report) => told.push(report),
    () => clock.now,
  );
  return { call, clock, told, end };
}

test('[R17] a connection that breaks and is made again is told', () => {
  const { call, clock, told } = watched();
  call.phase({ name: 'connected' });
  call.show({ quality: 'good', stats });
  clock.now = 10_000;
  call.phase({ name: 'reconnecting' });
  expect(told).toEqual([{ type: 'call.interrupted' }]);
  clock.now = 14_000;
  call.show({ quality: null, stats: null });
  call.phase({ name: 'connected' });
  for (; clock.now <= 50_000; clock.now += 1000) call.show({ quality: 'good', stats });
  expect(told.slice(1)).toEqual([{ type: 'call.recovered', afterMs: 4000 }]);
});

test('[S2-34] a line that stays poor is told with what was measured', () => {
  const { call, clock, told } = watched();
  call.phase({ name: 'audioOnly', cause: 'bandwidth' });
  for (; clock.now <= 6000; clock.now += 1000) call.show({ quality: 'poor', stats });
  expect(told).toEqual([{ type: 'call.weakened', quality: 'poor', roundTripMilliseconds: 950, lossPercent: 10 }]);
});

test('nothing is told of a call that is not made yet or is over, nor after the end', () => {
  const { call, clock, told, end } = watched();
  for (const name of ['ringing', 'connecting', 'ended'] as const) {
    call.phase({ name });
    for (let second = 0; second < 10; second += 1, clock.now += 1000) call.show({ quality: 'poor', stats });
  }
  end();
  call.phase({ name: 'reconnecting' });
  expect(told).toEqual([]);
});
