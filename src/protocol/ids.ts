import { z } from 'zod';

/** A branded UUID: ids of different things do not mix. Ids made by us are UUIDv7 (RFC 9562). */
const id = <Name extends string>(_name: Name) => z.uuid().brand<Name>();

export const CompanyId = id('CompanyId');
export type CompanyId = z.infer<typeof CompanyId>;
export const BranchId = id('BranchId');
export type BranchId = z.infer<typeof BranchId>;
export const DepartmentId = id('DepartmentId');
export type DepartmentId = z.infer<typeof DepartmentId>;
export const ServiceId = id('ServiceId');
export type ServiceId = z.infer<typeof ServiceId>;
export const TopicId = id('TopicId');
export type TopicId = z.infer<typeof TopicId>;
export const ModuleId = id('ModuleId');
export type ModuleId = z.infer<typeof ModuleId>;
export const AgentId = id('AgentId');
export type AgentId = z.infer<typeof AgentId>;
export const ContactId = id('ContactId');
export type ContactId = z.infer<typeof ContactId>;
export const TicketId = id('TicketId');
export type TicketId = z.infer<typeof TicketId>;
export const AttentionId = id('AttentionId');
export type AttentionId = z.infer<typeof AttentionId>;
export const EventId = id('EventId');
export type EventId = z.infer<typeof EventId>;
export const CommandId = id('CommandId');
export type CommandId = z.infer<typeof CommandId>;
export const DeviceId = id('DeviceId');
export type DeviceId = z.infer<typeof DeviceId>;
export const SessionId = id('SessionId');
export type SessionId = z.infer<typeof SessionId>;
export const BlockId = id('BlockId');
export type BlockId = z.infer<typeof BlockId>;
export const GuestLinkId = id('GuestLinkId');
export type GuestLinkId = z.infer<typeof GuestLinkId>;
