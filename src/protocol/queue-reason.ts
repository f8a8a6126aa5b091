import { z } from 'zod';
import { Instant } from './instant.ts';

/** Why a ticket stands where it stands in the line; words are made from it in `texts`. */
export const QueueReason = z.discriminatedUnion('type', [
  z.object({ type: z.literal('mainService') }),
  z.object({ type: z.literal('supportService') }),
  z.object({ type: z.literal('appointment'), at: Instant, lateMinutes: z.int() }),
  z.object({ type: z.literal('preferente') }),
  z.object({ type: z.literal('requeued'), times: z.int().positive() }),
  z.object({ type: z.literal('transferred') }),
  z.object({ type: z.literal('waited'), minutes: z.int().nonnegative() }),
  z.object({ type: z.literal('chosenByHand') }),
  /** So many before this one could not have talked and were passed over; their places stay. */
  z.object({ type: z.literal('passedNotReady'), count: z.int().positive() }),
]);
export type QueueReason = z.infer<typeof QueueReason>;
