import { describe, expect, it } from 'vitest';
import { filled, phoneLanguage, turnWords } from './turn-words.ts';

describe('words of a turn page', () => {
  it('count people as each language does', () => {
    expect([0, 1, 2].map(turnWords('es').ahead)).toEqual([
      'Pronto será su turno',
      'Falta 1 persona',
      'Faltan 2 personas',
    ]);
    expect([1, 2].map(turnWords('pt').ahead)).toEqual(['Falta 1 pessoa', 'Faltam 2 pessoas']);
    expect([1, 2].map(turnWords('en').ahead)).toEqual(['1 person before you', '2 people before you']);
  });

  it("are in the first language of the phone that is ours, else in the company's", () => {
    expect(phoneLanguage(['pt-BR', 'en'], 'es-CO')).toBe('pt');
    expect(phoneLanguage(['qu', 'en-US'], 'es-CO')).toBe('en');
    expect(phoneLanguage(['qu'], 'pt-BR')).toBe('pt');
    expect(phoneLanguage([], '')).toBe('es');
  });

  it('take values once, also where a value looks like a place for one', () => {
    expect(filled('Pase a {{module}}', { module: '{{module}} $&' })).toBe('Pase a {{module}} $&');
  });
});
