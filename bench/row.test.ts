import { expect, test } from 'vitest';
import { figure, verdict } from './row.ts';

test('a goal is asked of the ratio where something stands beside, else of the figure itself', () => {
  expect(verdict(figure('all', 'ms', { ours: 10, theirs: 10 }, { atMost: 1.5 }))).toBe('reached');
  expect(verdict(figure('all', 'ms', { ours: 20, theirs: 10 }, { atMost: 1.5 }))).toBe('NOT REACHED');
  expect(verdict(figure('p99', 'ms', { ours: 20 }, { atMost: 16 }))).toBe('NOT REACHED');
  expect(verdict(figure('takes', '/s', { ours: 90, theirs: 100 }, { atLeast: 0.7 }))).toBe('reached');
  expect(verdict(figure('takes', '/s', { ours: 60, theirs: 100 }, { atLeast: 0.7 }))).toBe('NOT REACHED');
  expect(verdict(figure('all', 'ms', { ours: 20, theirs: 10 }))).toBe('');
});

test('a control out of range says that the run cannot tell', () => {
  const noisy = { ...figure('all', 'ms', { ours: 10, theirs: 10 }, { atMost: 1.5 }), control: 1.2 };
  expect(verdict(noisy)).toBe('inconclusive, reached');
});
