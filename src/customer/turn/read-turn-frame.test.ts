import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TurnState } from '../../protocol/http/public-api.ts';
import { PublicDown } from '../../protocol/socket/down.ts';
import { sampleTurn, TEN_42 } from '../testing/sample-states.ts';
import { readTurnFrame } from './read-turn-frame.ts';

const anything = fc.oneof(
  fc.constantFrom<unknown>(
    undefined,
    null,
    '',
    'waiting',
    'noShow',
    'toString',
    'R-036',
    'R-36',
    'R-123456',
    0,
    -1,
    1.5,
  ),
  fc.constantFrom<unknown>(
    { low: 1, high: 2 },
    { low: 1 },
    { low: -1, high: 2 },
    { low: 1, high: 2, more: 3 },
    2 ** 53,
  ),
  fc.anything(),
);

describe('frames of a turn page', () => {
  it('[B11] agree with the schema on every field of a turn', () => {
    const fields = Object.keys(TurnState.shape);
    fc.assert(
      fc.property(fc.constantFrom(...fields), anything, (field, value) => {
        const frame: unknown = { type: 'turn', state: { ...sampleTurn(), [field]: value } };
        expect(readTurnFrame(frame) !== null).toBe(PublicDown.safeParse(frame).success);
      }),
      { numRuns: 2_000 },
    );
  });

  it('[B11] are none of what is no frame at all', () => {
    fc.assert(
      fc.property(fc.anything(), (json) => {
        expect(readTurnFrame(json)).toBeNull();
        expect(readTurnFrame({ type: 'turn', state: json })).toBeNull();
      }),
    );
  });

  it('read states, pongs and errors', () => {
    const state = sampleTurn();
    expect(readTurnFrame({ type: 'turn', state })).toEqual({ type: 'state', state, serverTime: TEN_42 });
    expect(readTurnFrame({ type: 'pong', serverTime: TEN_42 })).toEqual({ type: 'pong', serverTime: TEN_42 });
    const error = { code: 'NOT_FOUND', title: 'x', retryable: false, requestId: '' };
    expect(readTurnFrame({ type: 'error', error })).toEqual({ type: 'error', code: 'NOT_FOUND', retryable: false });
  });
});
