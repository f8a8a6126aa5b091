import { z } from 'zod';
import { AgentId, AttentionId, BranchId, ModuleId, ServiceId, TicketId } from './ids.ts';
import { BusinessDay, Instant } from './instant.ts';
import { Readiness } from './video/readiness.ts';

export const TicketKind = z.enum(['turn', 'appointment', 'virtual', 'call', 'chat', 'inquiry']);
export type TicketKind = z.infer<typeof TicketKind>;

export const TicketState = z.enum([
  'scheduled',
  'bot',
  'outOfHours',
  'waiting',
  'calling',
  'attending',
  'paused',
  'closed',
]);
export type TicketState = z.infer<typeof TicketState>;

export const TicketOutcome = z.enum(['finished', 'cancelled', 'noShow', 'abandoned', 'serviceRequested']);
export type TicketOutcome = z.infer<typeof TicketOutcome>;

export const Priority = z.enum(['normal', 'preferente']);
export type Priority = z.infer<typeof Priority>;

/** Where a ticket was made. */
export const TicketOrigin = z.enum(['kiosk', 'agent', 'api', 'desk']);
export type TicketOrigin = z.infer<typeof TicketOrigin>;

/** What a screen and a voice call: a service's letter and a number, such as C-012. */
export const TurnCode = z.string().regex(/^[A-Z]-\d{3,5}$/);
export type TurnCode = z.infer<typeof TurnCode>;

/** Who holds a ticket now. Whether their desk is there is told separately, by `presence.put`. */
export const Holder = z.object({
  agentId: AgentId,
  agentName: z.string(),
  moduleId: ModuleId.nullable(),
  attentionId: AttentionId,
  /** Counts the holdings of this ticket; a command about an attention quotes it. */
  epoch: z.int().positive(),
});
export type Holder = z.infer<typeof Holder>;

/**
 * What every desk of the branch may know of a ticket (design.md, "Pushed and read").
 * Never a full document, phone or text.
 */
export const TicketHeader = z.object({
  id: TicketId,
  branchId: BranchId,
  serviceId: ServiceId,
  number: z.int().positive(),
  turnCode: TurnCode,
  businessDay: BusinessDay,
  kind: TicketKind,
  state: TicketState,
  outcome: TicketOutcome.nullable(),
  priority: Priority,
  origin: TicketOrigin,
  holder: Holder.nullable(),
  /** Epoch of the last holding; 0 before the first. */
  epoch: z.int().nonnegative(),
  displayName: z.string().nullable(),
  documentType: z.string().nullable(),
  documentLast4: z.string().nullable(),
  createdAt: Instant,
  /** Instant from which the wait counts; a requeue moves it forward by half of the wait so far. */
  waitingSince: Instant,
  /** Hour of an appointment, else null. */
  appointmentAt: Instant.nullable(),
  checkedInAt: Instant.nullable(),
  calledAt: Instant.nullable(),
  lastCalledAt: Instant.nullable(),
  callCount: z.int().nonnegative(),
  attendingSince: Instant.nullable(),
  closedAt: Instant.nullable(),
  transferredFrom: ServiceId.nullable(),
  requeues: z.int().nonnegative(),
  /** How often its customer passed to the video or back; its kind says where they are now. Absent for never. */
  hops: z.int().positive().optional(),
  /** Of a guest who waits before the page of a video: what to expect of their equipment. */
  readiness: Readiness.optional(),
});
export type TicketHeader = z.infer<typeof TicketHeader>;
