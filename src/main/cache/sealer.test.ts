import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { createSealer } from './sealer.ts';

const key = randomBytes(32);

test('[T10] what is sealed cannot be read in the bytes, and comes back whole', () => {
  const sealer = createSealer(key);
  const value = { text: 'Documento 1032456789 de Ñuñoa', list: [1, null] };
  const sealed = sealer.seal('draft a', value);
  expect(sealed.toString('latin1')).not.toContain('1032456789');
  expect(sealer.unseal('draft a', sealed)).toEqual(value);
});

test('[T10] the same value is sealed to other bytes each time', () => {
  const sealer = createSealer(key);
  expect(sealer.seal('x', 'same').equals(sealer.seal('x', 'same'))).toBe(false);
});

test('[T10] a sealed row opens neither with another key, nor in another place, nor with a changed byte', () => {
  const sealed = createSealer(key).seal('draft a', 'secret');
  expect(() => createSealer(randomBytes(32)).unseal('draft a', sealed)).toThrow('authenticate');
  expect(() => createSealer(key).unseal('draft b', sealed)).toThrow('authenticate');
  sealed[sealed.length - 1] = (sealed.at(-1) ?? 0) ^ 1;
  expect(() => createSealer(key).unseal('draft a', sealed)).toThrow('authenticate');
});
