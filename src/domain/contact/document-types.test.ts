import { describe, expect, it } from 'vitest';
import { documentTypesOf } from './document-types.ts';

describe('documentTypesOf', () => {
  it('[S2-29] gives the kinds of document of a country, its usual one first', () => {
    expect(documentTypesOf('CO')).toEqual(['CC', 'CE', 'NIT', 'PASAPORTE']);
    expect(documentTypesOf('BR')[0]).toBe('CPF');
    expect(documentTypesOf('CL')[0]).toBe('RUT');
  });

  it('has something to choose in every country, also for a word that every object knows', () => {
    for (const country of ['ES', '', 'co', '__proto__', 'constructor']) {
      expect(documentTypesOf(country)).toEqual(['DNI', 'PASAPORTE']);
    }
  });

  it('lets a foreigner say their passport everywhere', () => {
    for (const country of ['AR', 'BR', 'CL', 'CO', 'EC', 'MX', 'PE', 'UY', 'ES']) {
      expect(documentTypesOf(country).at(-1)).toBe('PASAPORTE');
    }
  });
});
