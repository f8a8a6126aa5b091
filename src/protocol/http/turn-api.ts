import { z } from 'zod';

/** How a turn is attended: before a screen, or at a counter of the branch. */
export const TurnWay = z.enum(['video', 'counter']);
export type TurnWay = z.infer<typeof TurnWay>;

/** POST /v1/turns/hops: the customer of a turn passes to the video, or back. `token` is that of the turn's page. */
export const HopTurn = z.strictObject({ token: z.string().max(100), to: TurnWay });
export type HopTurn = z.infer<typeof HopTurn>;

/** POST /v1/turns/renewals: another turn in the place of one that was closed without an attention. `token` is that of the page. */
export const RenewTurn = z.strictObject({ token: z.string().max(100), page: z.enum(['turn', 'video']) });
export type RenewTurn = z.infer<typeof RenewTurn>;

/** The page on which the customer goes on. */
export const TurnPageUrl = z.object({ url: z.string() });
export type TurnPageUrl = z.infer<typeof TurnPageUrl>;

/**
 * Why a turn waits further back than it did: it was called and nobody answered, an agent moved it, or it is not known who did. Absent
 * where none is so.
 */
export const Requeued = z.enum(['noShow', 'byAgent', 'moved']);
export type Requeued = z.infer<typeof Requeued>;

/** What customers' pages know of a turn besides its place. */
export const turnChoices = {
  /** They may pass to the video, or back to the counter. Absent for false. */
  canHop: z.boolean().optional(),
  requeued: Requeued.optional(),
  /** It is over without an attention, and they may have another one. Absent for false. */
  canRenew: z.boolean().optional(),
};
