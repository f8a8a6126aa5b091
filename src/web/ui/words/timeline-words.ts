import type { i18n } from 'i18next';
import type { TicketEvent, TicketFact } from '../../../protocol/event.ts';
import type { ServiceId, TopicId } from '../../../protocol/ids.ts';
import type { Formats } from '../../../texts/create-formats.ts';
import { reasonWords } from './reason-words.ts';

export interface TimelineWords {
  /** Who did it, where the fact begins with the name. */
  who: string | null;
  fact: string;
  detail: string | null;
}

export interface OfficeNames {
  service: (id: ServiceId) => string;
  topic: (id: TopicId) => string;
}

/** One line of the timeline in words: "Ana Morales" "agregó una nota" "Trae factura impresa". */
export function timelineWords(
  event: Pick<TicketEvent, 'agentName' | 'fact'>,
  names: OfficeNames,
  texts: i18n,
  formats: Formats,
): TimelineWords {
  const t = texts.getFixedT(null, 'timeline');
  const { fact } = event;
  const by = (words: string, detail: string | null = null): TimelineWords => ({
    who: event.agentName ?? t('unknownAgent'),
    fact: words,
    detail,
  });
  const plain = (words: string, detail: string | null = null): TimelineWords => ({ who: null, fact: words, detail });

  switch (fact.type) {
    case 'ticket.created': {
      const isByAgent = fact.origin === 'agent' || fact.origin === 'desk';
      return (isByAgent ? by : plain)(t(`created.${fact.origin}`), names.service(fact.serviceId));
    }
    case 'ticket.called':
      return plain(t('called', { attempt: fact.attempt }), calledDetail(fact, texts, formats));
    case 'ticket.recalled':
      return plain(t('recalled', { attempt: fact.attempt }), fact.moduleName);
    case 'ticket.attended':
      return plain(
        fact.moduleName === null ? t('attended') : t('attendedAt', { module: fact.moduleName }),
        event.agentName,
      );
    case 'ticket.returned':
      return plain(t('returned'), t(`returnedCause.${fact.cause}`));
    case 'ticket.requeued':
      return by(t('requeued'));
    case 'ticket.transferred':
      return by(
        t('transferred', { from: names.service(fact.from), to: names.service(fact.to) }),
        fact.comment === '' ? null : quoted(fact.comment),
      );
    case 'ticket.closed':
      return event.agentName === null ? plain(t(`closedBySystem.${fact.outcome}`)) : by(t(`closed.${fact.outcome}`));
    case 'ticket.freed':
      return by(t('freed'), quoted(fact.reason));
    case 'attention.superseded':
      return by(t('superseded'));
    case 'note.added':
      return by(t('noteAdded'), quoted(fact.text));
    case 'topics.chosen':
      return fact.topicIds.length === 0
        ? by(t('topicsCleared'))
        : by(t('topicsChosen'), fact.topicIds.map(names.topic).join(', '));
    case 'guestLink.created':
      return event.agentName === null ? plain(t('guestInvitedThemselves')) : by(t('guestInvited'));
    case 'guestLink.revoked':
      return by(t('guestLinkRevoked'));
    case 'guest.entered':
      return plain(t('guestEntered'), null);
    case 'contact.linked':
      return by(t('contactLinked'));
    case 'contact.edited': {
      const fieldName = texts.getFixedT(null, 'contact');
      return by(t('contactEdited'), fact.fields.map((field) => fieldName(`fieldInSentence.${field}`)).join(', '));
    }
  }
}

function calledDetail(
  fact: Extract<TicketFact, { type: 'ticket.called' }>,
  texts: i18n,
  formats: Formats,
): string | null {
  const parts = [fact.moduleName, reasonWords(fact.reasons, texts, formats)].filter(Boolean);
  return parts.length === 0 ? null : parts.join(' · ');
}

function quoted(text: string): string {
  return `“${text}”`;
}
