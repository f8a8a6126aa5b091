import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PublicDown } from '../../protocol/socket/down.ts';
import { GuestState } from '../../protocol/video/guest-state.ts';
import { sampleGuest } from '../testing/sample-guest.ts';
import { readGuestFrame } from './read-guest-frame.ts';

const anything = fc.oneof(
  fc.constantFrom<unknown>(undefined, null, '', 'waiting', 'paused', 'toString', 'A-007', 'A-7', 0, -1, 1.5, 2 ** 53),
  fc.constantFrom<unknown>(
    { low: 1, high: 2 },
    { low: 1 },
    { low: -1, high: 2 },
    '0190c7a4-8f3e-7cc1-9a86-26a3b1f8d101',
  ),
  fc.anything(),
);

describe('frames of a guest’s page', () => {
  it('[B11] agree with the schema on every field of a visit', () => {
    // An id is only compared, never shown or sent: any text will do for it.
    const fields = Object.keys(GuestState.shape).filter((field) => field !== 'attentionId');
    fc.assert(
      fc.property(fc.constantFrom(...fields), anything, (field, value) => {
        const frame: unknown = { type: 'video', state: { ...sampleGuest(), [field]: value } };
        expect(readGuestFrame(frame) !== null).toBe(PublicDown.safeParse(frame).success);
      }),
      { numRuns: 2_000 },
    );
  });

  it('[B11] are none of what is no frame at all', () => {
    fc.assert(
      fc.property(fc.anything(), (json) => {
        expect(readGuestFrame(json)).toBeNull();
        for (const type of ['video', 'signal', 'room', 'ice']) {
          expect(readGuestFrame({ type, state: json, signal: json, ice: json, isOtherHere: [json] })).toBeNull();
        }
      }),
    );
  });

  it('read states, who is there, signals, pongs and errors', () => {
    const state = sampleGuest();
    expect(readGuestFrame({ type: 'video', state })).toEqual({ type: 'state', state, serverTime: state.serverTime });
    const room = { type: 'room', isOtherHere: true };
    expect(readGuestFrame(room)).toEqual({ type: 'word', word: room });
    const ofSecond = { type: 'room', isOtherHere: false, attentionId: '2' };
    expect(readGuestFrame(ofSecond)).toEqual({ type: 'word', word: ofSecond });
    const signal = { type: 'signal', signal: { session: 1, data: { type: 'newer' } } };
    expect(readGuestFrame(signal)).toEqual({ type: 'word', word: signal });
    const ice = { type: 'ice', ice: { policy: 'relay', servers: [{ urls: ['turn:a.test'] }], expiresAt: 1 } };
    expect(readGuestFrame(ice)).toEqual({ type: 'word', word: ice });
    const error = { code: 'LINK_INVALID', title: 'x', retryable: false, requestId: '' };
    expect(readGuestFrame({ type: 'error', error })).toEqual({ type: 'error', code: 'LINK_INVALID', retryable: false });
    expect(readGuestFrame({ type: 'pong', serverTime: 1 })).toEqual({ type: 'pong', serverTime: 1 });
  });

  it('[T4] do not end a visit because one signal was refused', () => {
    const error = { code: 'SIGNAL_INVALID', title: 'x', retryable: false, requestId: '' };
    expect(readGuestFrame({ type: 'error', error })).toBeNull();
  });
});
