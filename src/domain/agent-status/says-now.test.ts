import { describe, expect, it } from 'vitest';
import { MINUTE, NINE } from '../testing/sample-ticket.ts';
import { saysNow } from './says-now.ts';

describe('saysNow', () => {
  it('[R6] [S2-04] [ST9] holds while its session is open and nothing newer happened in another', () => {
    for (const elsewhereAt of [null, NINE - MINUTE, NINE]) {
      expect(saysNow({ occurredAt: NINE, isSessionOpen: true, elsewhereAt })).toBe(true);
    }
  });

  it('[R6] [S2-04] [ST9] holds no more after a newer act in another session, nor once its own is over', () => {
    expect(saysNow({ occurredAt: NINE, isSessionOpen: true, elsewhereAt: NINE + 1 })).toBe(false);
    for (const elsewhereAt of [null, NINE - MINUTE, NINE + MINUTE]) {
      expect(saysNow({ occurredAt: NINE, isSessionOpen: false, elsewhereAt })).toBe(false);
    }
  });
});
