import { expect, test } from 'vitest';
import { holdDroppedFiles } from './hold-dropped-files.ts';

test.each([
  ['dragover', 'Files', true],
  ['drop', 'Files', true],
  ['drop', 'text/plain', false],
])('[S2-47] a %s of %s anywhere on the desk is held: %s', (type, kind, isHeld) => {
  holdDroppedFiles();
  const event = Object.assign(new Event(type, { bubbles: true, cancelable: true }), {
    dataTransfer: { types: [kind] },
  });
  document.body.dispatchEvent(event);
  expect(event.defaultPrevented).toBe(isHeld);
});
