import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TurnCode } from '../../protocol/ticket.ts';
import { formatTurnCode, parseTurnCode } from './turn-code.ts';

describe('turn code', () => {
  it('[TC1] has at least three digits', () => {
    expect([1, 12, 345, 1000, 99_999].map((turn) => formatTurnCode('C', turn))).toEqual([
      'C-001',
      'C-012',
      'C-345',
      'C-1000',
      'C-99999',
    ]);
  });

  it('[TC1] refuses what is no letter or no turn', () => {
    for (const turn of [0, -1, 1.5, 100_000, Number.NaN]) expect(() => formatTurnCode('C', turn)).toThrow(RangeError);
    for (const letter of ['', 'c', 'CC', 'Ñ', '1']) expect(() => formatTurnCode(letter, 1)).toThrow(RangeError);
    const wrong = ['', 'C', 'C-', 'C-12', 'c-012', 'C-000', 'C-123456', 'C 012', ' C-012', 'C-012\n', 'C-0x1'];
    expect(wrong.filter((text) => parseTurnCode(text) !== null)).toEqual([]);
  });

  it('[TC1] writing and reading undo each other', () => {
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('');
    fc.assert(
      fc.property(fc.constantFrom(...letters), fc.integer({ min: 1, max: 99_999 }), (letter, turn) => {
        const code = formatTurnCode(letter, turn);
        expect(TurnCode.parse(code)).toBe(code);
        expect(parseTurnCode(code)).toEqual({ letter, turn });
      }),
    );
  });
});
