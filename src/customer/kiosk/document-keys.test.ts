import { describe, expect, it } from 'vitest';
import { documentKeys, documentSigns } from './document-keys.ts';

describe('keys of a document', () => {
  it('are digits, digits with a check letter, or letters as well', () => {
    expect(documentKeys('CC')).toEqual({ checkLetter: null, letterRows: [] });
    expect(documentKeys('RUT')).toEqual({ checkLetter: 'K', letterRows: [] });
    expect(documentKeys('PASAPORTE').letterRows.join('')).toHaveLength(26);
    expect(documentKeys('UNKNOWN').letterRows).not.toEqual([]);
  });
});

describe('signs of a document', () => {
  it('are what the kind of document can have', () => {
    expect(documentSigns('CC', '52.418.903')).toBe('52418903');
    expect(documentSigns('CC', '5a2')).toBe('52');
    expect(documentSigns('RUT', '12.345.678-k')).toBe('12345678K');
    expect(documentSigns('PASAPORTE', ' ab-123 ')).toBe('AB123');
    expect(documentSigns('CC', '9'.repeat(40))).toHaveLength(20);
  });

  it('lose their letters when the kind changes to one of digits', () => {
    expect(documentSigns('DNI', 'AB123')).toBe('123');
  });
});
