import { z } from 'zod';

const LARGEST_SDP = 64 * 1024;

/** What one peer of a call says to the other, through the server (RFC 8829). `session` counts the peers that were built. */
export const Signal = z.strictObject({
  session: z.int().nonnegative(),
  data: z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('offer'), sdp: z.string().max(LARGEST_SDP) }),
    z.strictObject({ type: z.literal('answer'), sdp: z.string().max(LARGEST_SDP) }),
    z.strictObject({
      type: z.literal('candidate'),
      candidate: z.string().max(1_000),
      sdpMid: z.string().max(64).nullable(),
      sdpMLineIndex: z.int().nonnegative().nullable(),
    }),
  ]),
});
export type Signal = z.infer<typeof Signal>;
