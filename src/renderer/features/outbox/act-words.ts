import type { i18n } from 'i18next';
import type { OutboxItem } from '../../../bridge/facts.ts';
import type { Act, ActCustomer } from '../../../bridge/act.ts';
import { ContactField } from '../../../protocol/contact.ts';
import type { Service } from '../../../protocol/office.ts';

export interface ActWords {
  /** "Nota C-053" */
  title: string;
  /** What was written or chosen; null where the title says it all. */
  detail: string | null;
}

/** An act that waits or was refused, in words. */
export function actWords({ act, subject }: OutboxItem, services: readonly Service[], texts: i18n): ActWords {
  const t = texts.getFixedT(null, 'outbox');
  const name = t(`command.${act.type}`);
  const about = subject.turnCode ?? subject.name;
  return {
    title: about === null ? name : t('onTicket', { act: name, code: about }),
    detail: detailOf(act, services, texts),
  };
}

function detailOf(act: Act, services: readonly Service[], texts: i18n): string | null {
  const serviceName = (id: string): string => services.find((service) => service.id === id)?.name ?? '';
  switch (act.type) {
    case 'status.choose':
    case 'status.chooseNext':
      return texts.getFixedT(null, 'states')(`agent.${act.state}`);
    case 'status.setManual':
      return texts.getFixedT(null, 'workspace')(act.isManual ? 'bar.manualOn' : 'bar.manualOff');
    case 'note.add':
    case 'mark.add':
    case 'message.send':
      return `“${act.text}”`;
    case 'topics.choose': {
      const topics = services.flatMap((service) => service.topics);
      return act.topicIds.map((id) => topics.find((topic) => topic.id === id)?.name ?? '').join(', ');
    }
    case 'contact.edit': {
      const t = texts.getFixedT(null, 'contact');
      return ContactField.options
        .flatMap((field) => {
          const change = act.changes[field];
          return change ? [`${t(`field.${field}`)}: ${change.to ?? '—'}`] : [];
        })
        .join(' · ');
    }
    case 'contact.link':
      return customerWords(act.customer);
    case 'ticket.attendNow':
    case 'ticket.create':
      return [serviceName(act.serviceId), customerWords(act.customer)].filter(Boolean).join(' · ');
    case 'ticket.transfer':
    case 'attention.transfer':
      return [serviceName(act.serviceId), act.comment].filter(Boolean).join(' · ');
    case 'consent.ask':
      return `${act.title}\n\n${act.text}`;
    case 'ticket.free':
    case 'transfer.decline':
      return act.reason;
    case 'transfer.offer':
    case 'guest.block':
      return act.comment;
    case 'ticket.call':
    case 'call.report':
    case 'ticket.requeue':
    case 'ticket.cancel':
    case 'attention.begin':
    case 'attention.recall':
    case 'attention.noShow':
    case 'attention.finish':
    case 'consent.retract':
    case 'transfer.cancel':
    case 'transfer.accept':
      return null;
  }
}

function customerWords(customer: ActCustomer): string | null {
  if (customer.type !== 'new') return null;
  const { firstName, lastName, documentType, documentNumber, phone, email } = customer.contact;
  return [
    `${firstName ?? ''} ${lastName ?? ''}`.trim(),
    `${documentType ?? ''} ${documentNumber ?? ''}`.trim(),
    phone,
    email,
  ]
    .filter(Boolean)
    .join(' · ');
}
