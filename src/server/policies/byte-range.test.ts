import { expect, test } from 'vitest';
import { readByteRange } from './byte-range.ts';

test.each([
  [undefined, null],
  ['bytes=0-', { from: 0, to: 99 }],
  ['bytes=40-', { from: 40, to: 99 }],
  ['bytes=40-49', { from: 40, to: 49 }],
  ['bytes=40-4000', { from: 40, to: 99 }],
  ['bytes=-10', { from: 90, to: 99 }],
  ['bytes=-1000', { from: 0, to: 99 }],
  ['bytes=100-', 'none'],
  ['bytes=-0', 'none'],
  ['bytes=50-40', null],
  ['bytes=-', null],
  ['bytes=0-1,5-6', null],
  ['bytes=0x1-', null],
  ['lines=0-', null],
  [`bytes=${'9'.repeat(400)}-`, null],
])('of a hundred bytes, %s is read as %o', (header, range) => {
  expect(readByteRange(header, 100)).toEqual(range);
});
