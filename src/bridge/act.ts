import { z } from 'zod';
import { AgentState } from '../protocol/agent-status.ts';
import { callReportFields } from '../protocol/commands/call-commands.ts';
import { ContactChange } from '../protocol/commands/contact-commands.ts';
import { guestReport } from '../protocol/commands/guest-commands.ts';
import { markFields } from '../protocol/commands/mark-commands.ts';
import { ContactField, ContactInput } from '../protocol/contact.ts';
import {
  AgentId,
  AttentionId,
  ConsentId,
  ContactId,
  OfferId,
  ServiceId,
  TermsId,
  TicketId,
  TopicId,
} from '../protocol/ids.ts';
import { optionalText, requiredText } from '../protocol/text.ts';
import { Priority } from '../protocol/ticket.ts';
import { TermsText, TermsTitle } from '../protocol/video/consent.ts';
import { MessageText } from '../protocol/video/message.ts';

/** Whom a ticket is for, as the agent says it; main makes the ids. */
export const ActCustomer = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('none') }),
  z.strictObject({ type: z.literal('existing'), contactId: ContactId }),
  z.strictObject({ type: z.literal('new'), contact: ContactInput }),
]);
export type ActCustomer = z.infer<typeof ActCustomer>;

const onTicket = { ticketId: TicketId };

/** What the agent does. Main adds ids, attention and epoch, and makes a command of it. */
export const Act = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('status.choose'), state: AgentState }),
  z.strictObject({ type: z.literal('status.chooseNext'), state: AgentState }),
  z.strictObject({ type: z.literal('status.setManual'), isManual: z.boolean() }),
  z.strictObject({
    type: z.literal('ticket.create'),
    serviceId: ServiceId,
    priority: Priority,
    customer: ActCustomer,
  }),
  z.strictObject({ type: z.literal('ticket.attendNow'), serviceId: ServiceId, customer: ActCustomer }),
  z.strictObject({ type: z.literal('ticket.call'), ...onTicket }),
  z.strictObject({ type: z.literal('ticket.transfer'), ...onTicket, serviceId: ServiceId, comment: optionalText(500) }),
  z.strictObject({ type: z.literal('ticket.requeue'), ...onTicket }),
  z.strictObject({ type: z.literal('ticket.cancel'), ...onTicket }),
  z.strictObject({
    type: z.literal('ticket.free'),
    ...onTicket,
    /** The attention that the agent saw and means: the ticket may be somebody else's by now. */
    attentionId: AttentionId,
    reason: requiredText(500),
  }),
  z.strictObject({ type: z.literal('attention.begin'), ...onTicket }),
  z.strictObject({ type: z.literal('attention.recall'), ...onTicket }),
  z.strictObject({ type: z.literal('attention.noShow'), ...onTicket, then: z.enum(['cancel', 'requeue']) }),
  z.strictObject({ type: z.literal('attention.finish'), ...onTicket }),
  z.strictObject({
    type: z.literal('attention.transfer'),
    ...onTicket,
    serviceId: ServiceId,
    comment: optionalText(500),
  }),
  z.strictObject({ type: z.literal('note.add'), ...onTicket, text: requiredText(4000) }),
  z.strictObject({ type: z.literal('topics.choose'), ...onTicket, topicIds: z.array(TopicId).max(100) }),
  z.strictObject({
    type: z.literal('contact.edit'),
    ...onTicket,
    contactId: ContactId,
    changes: z.partialRecord(ContactField, ContactChange),
  }),
  z.strictObject({ type: z.literal('contact.link'), ...onTicket, customer: ActCustomer }),
  z.strictObject({
    type: z.literal('consent.ask'),
    ...onTicket,
    termsId: TermsId.nullable(),
    title: TermsTitle,
    text: TermsText,
  }),
  z.strictObject({ type: z.literal('consent.retract'), ...onTicket, consentId: ConsentId }),
  z.strictObject({ type: z.literal('mark.add'), ...markFields }),
  /** By the window itself, as it sees it. */
  z.strictObject({ type: z.literal('call.report'), ...callReportFields }),
  z.strictObject({ type: z.literal('message.send'), ...onTicket, text: MessageText }),
  /** Main makes the offer's id. */
  z.strictObject({ type: z.literal('transfer.offer'), ...onTicket, agentId: AgentId, comment: optionalText(500) }),
  z.strictObject({ type: z.literal('transfer.cancel'), ...onTicket, offerId: OfferId }),
  z.strictObject({ type: z.literal('transfer.accept'), ...onTicket, offerId: OfferId }),
  z.strictObject({ type: z.literal('transfer.decline'), ...onTicket, offerId: OfferId, reason: optionalText(200) }),
  z.strictObject({ type: z.literal('guest.block'), ...onTicket, ...guestReport }),
]);
export type Act = z.infer<typeof Act>;
export type ActType = Act['type'];
