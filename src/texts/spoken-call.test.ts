import { describe, expect, test } from 'vitest';
import { createTexts } from './create-texts.ts';
import { numberWords } from './number-words.ts';
import { spokenCall } from './spoken-call.ts';

describe('[S2-55] the voice of the waiting room', () => {
  test.each([
    ['es', 'C-012', 'Módulo 2', 'Turno C, cero doce, pase al módulo dos.'],
    ['es', 'R-034', 'Módulo 21', 'Turno R, cero treinta y cuatro, pase al módulo veintiuno.'],
    ['es', 'A-007', 'Caja 3', 'Turno A, cero cero siete, pase a la caja tres.'],
    ['es', 'C-120', 'Ventanilla 1', 'Turno C, ciento veinte, pase a la ventanilla uno.'],
    ['es', 'C-1024', 'Piso 2', 'Turno C, mil veinticuatro, pase a Piso dos.'],
    ['pt', 'C-012', 'Guichê 2', 'Senha C, zero doze, dirija-se ao guichê dois.'],
    ['pt', 'C-121', 'Sala 4', 'Senha C, cento e vinte e um, dirija-se à sala quatro.'],
    ['en', 'C-012', 'Module 2', 'Ticket C, zero twelve, please go to Module two.'],
    ['en', 'C-121', 'Módulo 2', 'Ticket C, one hundred and twenty-one, please go to módulo two.'],
  ] as const)('in %s calls %s to %s', (language, code, moduleName, spoken) => {
    expect(spokenCall({ code, moduleName }, createTexts(language))).toBe(spoken);
  });
});

describe('numbers in words', () => {
  test.each([
    ['es', 0, 'cero'],
    ['es', 16, 'dieciséis'],
    ['es', 22, 'veintidós'],
    ['es', 99, 'noventa y nueve'],
    ['es', 100, 'cien'],
    ['es', 101, 'ciento uno'],
    ['es', 555, 'quinientos cincuenta y cinco'],
    ['es', 1_000, 'mil'],
    ['es', 21_001, 'veintiún mil uno'],
    ['es', 31_700, 'treinta y un mil setecientos'],
    ['es', 99_999, 'noventa y nueve mil novecientos noventa y nueve'],
    ['pt', 21, 'vinte e um'],
    ['pt', 100, 'cem'],
    ['pt', 1_012, 'mil e doze'],
    ['pt', 2_345, 'dois mil trezentos e quarenta e cinco'],
    ['en', 42, 'forty-two'],
    ['en', 1_005, 'one thousand and five'],
    ['en', 12_300, 'twelve thousand three hundred'],
  ] as const)('in %s %d is "%s"', (language, value, words) => {
    expect(numberWords(value, language)).toBe(words);
  });

  test('every number of a turn code has words in every language', () => {
    for (const language of ['es', 'pt', 'en'] as const) {
      const all = Array.from({ length: 100_000 }, (_, value) => numberWords(value, language));
      expect(new Set(all).size).toBe(100_000);
      expect(all.find((words) => /undefined|^\s|\s$| {2}/.test(words))).toBeUndefined();
    }
  });
});
