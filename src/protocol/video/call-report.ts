import { z } from 'zod';

const DAY_MS = 86_400_000;

export const CallSide = z.enum(['agent', 'guest']);
export type CallSide = z.infer<typeof CallSide>;

/** `unknown` where the browser does not tell, as of a guest's. */
export const ScreenKind = z.enum(['window', 'screen', 'tab', 'unknown']);
export type ScreenKind = z.infer<typeof ScreenKind>;

/** What the agent's desk says of a call, for the timeline: its connection, measured by the browser, and its shared screens. */
export const CallReport = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('call.weakened'),
    quality: z.enum(['weak', 'poor']),
    /** Null where nothing was measured. */
    roundTripMilliseconds: z.int().nonnegative().max(600_000).nullable(),
    /** Of the packets, in the worse direction, 0 to 100. */
    lossPercent: z.int().nonnegative().max(100).nullable(),
  }),
  z.strictObject({ type: z.literal('call.interrupted') }),
  /** `afterMs`: from the first trouble to when it was good again. */
  z.strictObject({ type: z.literal('call.recovered'), afterMs: z.int().nonnegative().max(DAY_MS) }),
  /** By `side`, and shown to the other one. Without a title: it may name another customer. */
  z.strictObject({ type: z.literal('call.screenShared'), side: CallSide, kind: ScreenKind }),
  z.strictObject({ type: z.literal('call.screenEnded'), side: CallSide, lastedMs: z.int().nonnegative().max(DAY_MS) }),
]);
export type CallReport = z.infer<typeof CallReport>;
