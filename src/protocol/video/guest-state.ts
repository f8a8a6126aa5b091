import { z } from 'zod';
import { WaitRange } from '../http/public-api.ts';
import { AttentionId } from '../ids.ts';
import { Instant } from '../instant.ts';
import { TurnCode } from '../ticket.ts';

/** All that a guest's page may know of the attention (trust T2). */
export const GuestState = z.object({
  companyName: z.string(),
  branchName: z.string(),
  isDemo: z.boolean(),
  locale: z.string(),
  timeZone: z.string(),
  serverTime: Instant,
  code: TurnCode,
  serviceName: z.string(),
  phase: z.enum(['waiting', 'calling', 'attending', 'finished', 'cancelled', 'noShow']),
  /** People before this one; null unless waiting. */
  ahead: z.int().nonnegative().nullable(),
  range: WaitRange.nullable(),
  /** First name of who calls or attends; null while nobody does. */
  agentName: z.string().nullable(),
  /** The holding that calls or attends: another one is another call. */
  attentionId: AttentionId.nullable(),
});
export type GuestState = z.infer<typeof GuestState>;
