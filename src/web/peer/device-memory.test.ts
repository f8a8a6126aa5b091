import { expect, test } from 'vitest';
import { browserMemory, nothingRemembered } from './device-memory.ts';

function storageOf(items: Map<string, string>, isFull = false): Storage {
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => {
      if (isFull) throw new DOMException('', 'QuotaExceededError');
      items.set(key, value);
    },
  } as unknown as Storage;
}

test('[S2-43] names of devices are kept in the browser, and no ids', () => {
  const items = new Map<string, string>();
  const chosen = { camera: 'USB camera', microphone: null, speaker: 'Headset' };
  browserMemory(() => storageOf(items)).keep(chosen);
  expect([...items.values()]).toEqual([JSON.stringify(chosen)]);
  expect(browserMemory(() => storageOf(items)).get()).toEqual(chosen);
});

test.each(['', '{', 'null', '7', '{"camera":7,"speaker":{}}'])('what is kept as %j counts as nothing', (kept) => {
  const memory = browserMemory(() => storageOf(new Map([['ventanilla.devices', kept]])));
  expect(memory.get()).toEqual(nothingRemembered);
});

test('a browser without storage remembers nothing, and goes on', () => {
  const memory = browserMemory(() => {
    throw new DOMException('', 'SecurityError');
  });
  memory.keep({ camera: 'USB camera', microphone: null, speaker: null });
  expect(memory.get()).toEqual(nothingRemembered);
  const full = browserMemory(() => storageOf(new Map(), true));
  full.keep({ camera: 'USB camera', microphone: null, speaker: null });
  expect(full.get()).toEqual(nothingRemembered);
});
