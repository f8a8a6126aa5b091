import { expect, it } from 'vitest';
import type { CallReport } from '../../protocol/video/call-report.ts';
import { newReportedCall, nextReport, type CallCondition } from './next-report.ts';

const reading = { roundTripMilliseconds: 912, lossReceived: 0.021, lossSent: 0.118 };

/** What is told of a call that is seen in these conditions, one a second, with the second of each. */
function told(conditions: readonly CallCondition[]): [number, CallReport][] {
  let reported = newReportedCall(0);
  const reports: [number, CallReport][] = [];
  conditions.forEach((condition, second) => {
    const next = nextReport(reported, condition, reading, second * 1000);
    reported = next.reported;
    if (next.report) reports.push([second, next.report]);
  });
  return reports;
}
const seconds = (count: number, condition: CallCondition): CallCondition[] =>
  Array.from({ length: count }, () => condition);
const typesOf = (conditions: readonly CallCondition[]) => told(conditions).map(([, { type }]) => type);

it('[CL11] a poor line is told after 5 s, with what was measured', () => {
  expect(told([...seconds(10, 'good'), ...seconds(20, 'poor')])).toEqual([
    [15, { type: 'call.weakened', quality: 'poor', roundTripMilliseconds: 912, lossPercent: 12 }],
  ]);
});

it('[CL11] what passes within 5 s is not told', () => {
  expect(told([...seconds(4, 'weak'), 'good', ...seconds(4, 'poor'), 'good', ...seconds(60, 'good')])).toEqual([]);
});

it('[CL11] a call that is cut off is told at once, and once while it comes and goes', () => {
  expect(told(['good', 'interrupted', 'interrupted', 'good', 'interrupted', 'good'])).toEqual([
    [1, { type: 'call.interrupted' }],
  ]);
});

it('[CL11] good again is told after 30 s, with how long the trouble lasted', () => {
  const trouble = [...seconds(10, 'weak'), ...seconds(3, 'interrupted')];
  expect(told([...trouble, ...seconds(40, 'good')])).toEqual([
    [5, { type: 'call.weakened', quality: 'weak', roundTripMilliseconds: 912, lossPercent: 12 }],
    [10, { type: 'call.interrupted' }],
    [43, { type: 'call.recovered', afterMs: 13_000 }],
  ]);
});

it('[CL11] weak after poor is no news, poor after weak is', () => {
  expect(typesOf([...seconds(10, 'poor'), ...seconds(20, 'weak')])).toEqual(['call.weakened']);
  expect(typesOf([...seconds(10, 'weak'), ...seconds(20, 'poor')])).toEqual(['call.weakened', 'call.weakened']);
});

it('[CL11] a line that is still poor after it was cut off is told again', () => {
  expect(typesOf([...seconds(3, 'interrupted'), ...seconds(10, 'poor')])).toEqual([
    'call.interrupted',
    'call.weakened',
  ]);
});

it('[CL11] tells no numbers that nobody measured', () => {
  const { reported } = nextReport(newReportedCall(0), 'weak', null, 0);
  expect(nextReport(reported, 'weak', null, 5000).report).toMatchObject({
    roundTripMilliseconds: null,
    lossPercent: null,
  });
});
