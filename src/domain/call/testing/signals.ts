import fc from 'fast-check';
import type { Signal, SignalData } from '../../../protocol/video/signal.ts';

const sources = { version: 0, camera: null, microphone: null, screen: null, isSaving: false };

export const candidateData: SignalData = { type: 'candidate', candidate: '', sdpMid: '0', sdpMLineIndex: 0 };
export const renegotiateData: SignalData = { type: 'renegotiate' };
export const sourcesData: SignalData = { type: 'sources', sources };
export const offerOf = (sdp: string): SignalData => ({ type: 'offer', sdp, sources });
export const answerOf = (sdp: string): SignalData => ({ type: 'answer', sdp, sources });

/** Anything that a peer could say, of sessions about 2026-06-01T09:00:00Z. */
export const signalArbitrary: fc.Arbitrary<Signal> = fc.record({
  session: fc.oneof(
    fc.integer({ min: 1, max: 3 }),
    fc.integer({ min: -20_000, max: 20_000 }).map((offset) => Date.UTC(2026, 5, 1, 9) + offset),
  ),
  data: fc.constantFrom(
    candidateData,
    renegotiateData,
    sourcesData,
    offerOf('offer'),
    answerOf('answer'),
    { type: 'ask' } as const,
    { type: 'newer' } as const,
    { type: 'screenAnswer', isAllowed: true } as const,
  ),
});
