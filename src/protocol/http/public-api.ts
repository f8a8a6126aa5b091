import { z } from 'zod';
import { ContactInput } from '../contact.ts';
import { Instant } from '../instant.ts';
import { TicketId } from '../ids.ts';
import { ServiceKind } from '../office.ts';
import { TurnCode } from '../ticket.ts';
import { turnChoices } from './turn-api.ts';

/** POST /v1/branches/:branch/tickets, `Authorization: Bearer <device token>`; `service` is its slug or its exact name. */
export const IssueTicket = z.strictObject({
  service: z.string().min(1).max(120),
  kind: z.enum(['turn', 'virtual']).default('turn'),
  priority: z.enum(['normal', 'preferente']).default('normal'),
  contact: ContactInput.optional(),
});
export type IssueTicket = z.infer<typeof IssueTicket>;

/** Minutes between which most people of this line are called; shown as a range, never an exact minute. */
export const WaitRange = z.object({ low: z.int().nonnegative(), high: z.int().nonnegative() });
export type WaitRange = z.infer<typeof WaitRange>;

export const IssuedTicket = z.object({
  id: TicketId,
  number: z.int().positive(),
  code: TurnCode,
  /** 1 is next. */
  position: z.int().positive(),
  turnUrl: z.string(),
  range: WaitRange.nullable(),
});
export type IssuedTicket = z.infer<typeof IssuedTicket>;

/** GET /v1/branches/:branch/kiosk, same token: what the kiosk offers now. */
export const KioskOffer = z.object({
  branchName: z.string(),
  companyName: z.string(),
  isDemo: z.boolean(),
  locale: z.string(),
  timeZone: z.string(),
  serverTime: Instant,
  /** Kinds of document to choose from, the country's usual first. */
  documentTypes: z.array(z.string()),
  services: z.array(
    z.object({
      slug: z.string(),
      name: z.string(),
      /** Of the counter where it is left out. */
      kind: ServiceKind.optional(),
      waiting: z.int().nonnegative(),
      range: WaitRange.nullable(),
    }),
  ),
});
export type KioskOffer = z.infer<typeof KioskOffer>;

/** One call of the waiting-room display. `id` is new for each call and recall. */
export const DisplayCall = z.object({
  id: z.string(),
  code: TurnCode,
  moduleName: z.string(),
  /** "María O." where the branch says so, else null. */
  name: z.string().nullable(),
  at: Instant,
});
export type DisplayCall = z.infer<typeof DisplayCall>;

/** All that the waiting room may know (trust T21). `calls`: newest first, at most 6, one per ticket. */
export const DisplayState = z.object({
  branchName: z.string(),
  companyName: z.string(),
  isDemo: z.boolean(),
  locale: z.string(),
  timeZone: z.string(),
  serverTime: Instant,
  calls: z.array(DisplayCall),
  waiting: z.object({ count: z.int().nonnegative(), codes: z.array(TurnCode) }),
});
export type DisplayState = z.infer<typeof DisplayState>;

/** What a customer's phone may know of their own turn. */
export const TurnState = z.object({
  branchName: z.string(),
  companyName: z.string(),
  isDemo: z.boolean(),
  locale: z.string(),
  timeZone: z.string(),
  serverTime: Instant,
  code: TurnCode,
  number: z.int().positive(),
  serviceName: z.string(),
  /** It is attended by video: its page leads there. */
  isVideo: z.boolean().optional(),
  state: z.enum(['waiting', 'calling', 'attending', 'finished', 'cancelled', 'noShow']),
  /** People before this one; null unless waiting. */
  ahead: z.int().nonnegative().nullable(),
  range: WaitRange.nullable(),
  moduleName: z.string().nullable(),
  /** Calls and recalls so far: a growing one rings again. */
  callCount: z.int().nonnegative(),
  createdAt: Instant,
  ...turnChoices,
});
export type TurnState = z.infer<typeof TurnState>;
