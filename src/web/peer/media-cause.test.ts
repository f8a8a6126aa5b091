import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { linkCause, linkCauses } from './link-cause.ts';
import { mediaCause, unpluggedError } from './media-cause.ts';

test.each([
  [new DOMException('Could not start video source', 'NotReadableError'), 'inUse'],
  [new DOMException('', 'TrackStartError'), 'inUse'],
  [new DOMException('Requested device not found', 'NotFoundError'), 'none'],
  [new DOMException('', 'DevicesNotFoundError'), 'none'],
  [new DOMException('Permission denied', 'NotAllowedError'), 'blocked'],
  [new DOMException('Permission denied by system', 'NotAllowedError'), 'blockedBySystem'],
  [new DOMException('Permission dismissed', 'NotAllowedError'), 'dismissed'],
  [new DOMException('', 'PermissionDeniedError'), 'blocked'],
  [new DOMException('', 'PermissionDismissedError'), 'dismissed'],
  [new DOMException('', 'SecurityError'), 'blocked'],
  [new DOMException('', 'OverconstrainedError'), 'tooWeak'],
  [new DOMException('', 'ConstraintNotSatisfiedError'), 'tooWeak'],
  [new DOMException('', 'AbortError'), 'aborted'],
  [new DOMException('', 'InvalidStateError'), 'needsClick'],
  [new DOMException('', 'NotSupportedError'), 'insecure'],
  [new TypeError("Cannot read properties of undefined (reading 'getUserMedia')"), 'insecure'],
  [unpluggedError(), 'unplugged'],
  [new Error('other'), 'unknown'],
  ['text', 'unknown'],
  [undefined, 'unknown'],
])('[B73] %s is %s', (error, cause) => {
  expect(mediaCause(error)).toBe(cause);
});

test('[B73] every error code of the library has its cause', () => {
  const library = readFileSync(`${import.meta.dirname}/../../../node_modules/simple-peer/index.js`, 'utf8');
  const codes = [...new Set([...library.matchAll(/'(ERR_\w+)'/g)].map(([, code = '']) => code))];
  expect(codes.length).toBeGreaterThan(15);
  expect(codes.toSorted()).toEqual(Object.keys(linkCauses).toSorted());
  for (const code of codes) expect(linkCause(Object.assign(new Error(code), { code }))).not.toBe('unknown');
  for (const other of [new Error('x'), Object.assign(new Error('x'), { code: 7 }), null])
    expect(linkCause(other)).toBe('unknown');
});
