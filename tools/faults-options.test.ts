import { expect, test } from 'vitest';
import { readFaultsOptions } from './faults-options.ts';

test('without arguments the faults run once with a seed by chance', () => {
  expect(readFaultsOptions([])).toEqual({ minutes: 0, times: 1, seed: null });
});

test('minutes alone are those of the soak; with times the faults run first', () => {
  expect(readFaultsOptions(['--minutes', '30', '--seed', '7'])).toEqual({ minutes: 30, times: 0, seed: 7 });
  expect(readFaultsOptions(['--minutes', '30', '--times=10', '--seed', '0'])).toEqual({
    minutes: 30,
    times: 10,
    seed: 0,
  });
});

test('what is no number, too small or unknown is named', () => {
  expect(() => readFaultsOptions(['--times', '0'])).toThrow('--times 0');
  expect(() => readFaultsOptions(['--seed', 'x1'])).toThrow('--seed x1');
  expect(() => readFaultsOptions(['--hours', '1'])).toThrow('--hours');
});
