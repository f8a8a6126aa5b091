import { expect, it } from 'vitest';
import { plainText } from './plain-text.ts';

it('[T7] leaves out what would turn letters around, and nothing else', () => {
  expect(plainText('\u202egnp.exe\u202c')).toBe('gnp.exe');
  expect(plainText('\u2066שלום\u2069, ¿qué tal?\n<b>')).toBe('שלום, ¿qué tal?\n<b>');
});
