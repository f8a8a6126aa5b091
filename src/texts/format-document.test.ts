import { describe, expect, test } from 'vitest';
import { formatDocument, maskedDocument } from './format-document.ts';

describe('documents', () => {
  test.each([
    ['CC', '52418903', 'CC 52.418.903'],
    ['CC', '1020774318', 'CC 1.020.774.318'],
    ['NIT', '900418227-1', 'NIT 900.418.227-1'],
    ['CPF', '52998224725', 'CPF 529.982.247-25'],
    ['RUT', '12345678K', 'RUT 12.345.678-K'],
    ['PASAPORTE', 'AR123456', 'PASAPORTE AR123456'],
    ['DNI', '123', 'DNI 123'],
    [null, '52418903', '52.418.903'],
  ])('%s %s is written %s', (type, number, written) => {
    expect(formatDocument(type, number)).toBe(written);
  });

  test('[T7] lists show the last four characters and no more', () => {
    expect(maskedDocument('CC', '8903')).toBe('CC •••8903');
    expect(maskedDocument(null, '8903')).toBe('•••8903');
  });
});
