import { expect, test } from 'vitest';
import { maskIdentifier, maskWords } from './mask-identifier.ts';

test.each([
  ['document', '52.418.903', '•••8903'],
  ['document', '529.982.247-25', '•••4725'],
  ['document', 'AB 12', '•••'],
  ['phone', '+57 310 555 0142', '•••0142'],
  ['phone', '555-0142', '•••'],
  ['phone', '', ''],
  ['email', 'lucia@ejemplo.co', 'l•••@•••'],
  ['email', 'lucia', '•••'],
  ['email', '  ', ''],
] as const)('[MK1] [T32] %s %j is shown as %j', (kind, text, shown) => {
  expect(maskIdentifier(kind, text)).toBe(shown);
});

test.each([
  ['Llamó del 310 555 0142, CC 52.418.903', 'Llamó del •••, CC •••'],
  ['Escribir a lucia@ejemplo.co hoy', 'Escribir a •••@••• hoy'],
  ['Cita a las 10:45, turno C-012, $ 45.000', 'Cita a las 10:45, turno C-012, $ 45.000'],
  ['٥٢٤١٨٩٠٣', '•••'],
])('[MK2] [T32] %j is shown as %j', (text, shown) => {
  expect(maskWords(text)).toBe(shown);
});
