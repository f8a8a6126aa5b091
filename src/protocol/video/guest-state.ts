import { z } from 'zod';
import { GuestFile } from '../files/shared-file.ts';
import { WaitRange } from '../http/public-api.ts';
import { turnChoices } from '../http/turn-api.ts';
import { AttentionId, OfferId } from '../ids.ts';
import { Instant } from '../instant.ts';
import { TurnCode } from '../ticket.ts';
import { GuestConsent, GuestReceipt } from './consent.ts';

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
  /** What this guest was asked last in this ticket, answered or not. Absent for none. */
  consent: GuestConsent.optional(),
  /** Of all that this guest was asked in this ticket, newest first. Absent for none. */
  receipts: z.array(GuestReceipt).optional(),
  /** Those that this guest and the agents of the ticket have shared, oldest first; absent where there are none. */
  files: z.array(GuestFile).optional(),
  /** A colleague has accepted the call: another connection is made with them, and theirs is it once it carries media. */
  next: z.object({ offerId: OfferId, attentionId: AttentionId }).optional(),
  /** Whoever attended has lost the line for too long: the guest waits again, at the old place. Absent for false. */
  wasCutOff: z.boolean().optional(),
  ...turnChoices,
  /** An agent has reported this guest, here or in another ticket of the company (trust T30). Absent for false. */
  isBlocked: z.boolean().optional(),
});
export type GuestState = z.infer<typeof GuestState>;
