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
      if (fact.renews !== undefined) {
        return plain(t('createdAgain', { number: formats.number(fact.renews) }), names.service(fact.serviceId));
      }
      const isByAgent = fact.origin === 'agent' || fact.origin === 'desk';
      return (isByAgent ? by : plain)(t(`created.${fact.origin}`), names.service(fact.serviceId));
    }
    case 'ticket.called':
      return plain(t('called', { attempt: fact.attempt }), calledDetail(fact, texts, formats));
    case 'ticket.recalled':
      return plain(t('recalled', { attempt: fact.attempt }), fact.isVideo ? t('calledByVideo') : fact.moduleName);
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
    case 'ticket.hopped':
      return plain(t(`hopped.${fact.to}`), t('hoppedDetail'));
    case 'ticket.renewed':
      return plain(t('renewed', { code: fact.turnCode }));
    case 'guestLink.created':
      return event.agentName === null ? plain(t('guestInvitedThemselves')) : by(t('guestInvited'));
    case 'guestLink.revoked':
      return by(t('guestLinkRevoked'));
    case 'guest.entered':
      return plain(t('guestEntered'), null);
    case 'guest.blocked': {
      const reason = t(`blockReason.${fact.reason}`);
      return by(t('guestBlocked'), fact.comment === '' ? reason : `${reason} · ${quoted(fact.comment)}`);
    }
    case 'consent.asked':
      return by(t('consent.asked'), t('consent.askedDetail', { title: fact.title, version: fact.version }));
    case 'consent.accepted':
    case 'consent.refused':
    case 'consent.withdrawn':
    case 'consent.unanswered': {
      const wasRetracted = fact.type === 'consent.unanswered' && fact.cause === 'retracted';
      const words = t(wasRetracted ? 'consent.retracted' : fact.type);
      return plain(words, t('consent.withFolio', { title: fact.title, folio: fact.folio }));
    }
    case 'mark.added':
      return plain(`${t('markAdded', { moment: formats.timer(fact.momentMs) })} — ${fact.text}`, event.agentName);
    case 'call.weakened':
      return plain(t(`callWeakened.${fact.quality}`), measuredDetail(fact, texts));
    case 'call.interrupted':
      return plain(t('callInterrupted'));
    case 'call.recovered':
      return plain(t('callRecovered'), t('lasted', { duration: formats.timer(fact.afterMs) }));
    case 'call.screenShared': {
      const kind = fact.kind === 'unknown' ? null : texts.getFixedT(null, 'videoCall')(`shared.${fact.kind}`);
      return (fact.side === 'agent' ? by : plain)(t(`screenShared.${fact.side}`), kind);
    }
    case 'call.screenEnded': {
      const lasted = t('lasted', { duration: formats.timer(fact.lastedMs) });
      return (fact.side === 'agent' ? by : plain)(t(`screenEnded.${fact.side}`), lasted);
    }
    case 'file.shared': {
      const detail = fact.wasCleaned ? `${quoted(fact.name)} · ${t('fileCleaned')}` : quoted(fact.name);
      return event.agentName === null ? plain(t('fileReceived'), detail) : by(t('fileSent'), detail);
    }
    case 'call.keyChanged':
      return plain(t('keyChanged'), t(`keyChangedSide.${fact.side}`));
    case 'transfer.offered':
      return by(t('callOffered', { name: fact.toName }), fact.comment === '' ? null : quoted(fact.comment));
    case 'transfer.accepted':
      return by(t('callAccepted'));
    case 'transfer.declined':
      return by(t('callDeclined'), fact.reason === '' ? null : quoted(fact.reason));
    case 'transfer.timedOut':
      return plain(t('callTimedOut', { name: fact.toName }));
    case 'transfer.cancelled':
      return by(t('callWithdrawn'));
    case 'transfer.failed':
      return plain(t('callNotPassed', { name: fact.toName }), t(`callNotPassedCause.${fact.failure}`));
    case 'transfer.completed':
      return plain(
        t('callPassed', { from: fact.fromName, to: fact.toName }),
        fact.comment === '' ? null : quoted(fact.comment),
      );
    case 'contact.linked':
      return by(t('contactLinked'));
    case 'contact.edited': {
      const fieldName = texts.getFixedT(null, 'contact');
      return by(t('contactEdited'), fact.fields.map((field) => fieldName(`fieldInSentence.${field}`)).join(', '));
    }
  }
}

function measuredDetail(
  { roundTripMilliseconds, lossPercent }: Extract<TicketFact, { type: 'call.weakened' }>,
  texts: i18n,
): string | null {
  const t = texts.getFixedT(null, 'timeline');
  const parts = [
    lossPercent === null ? null : t('callLoss', { percent: lossPercent }),
    roundTripMilliseconds === null ? null : t('callRoundTrip', { milliseconds: roundTripMilliseconds }),
  ].filter(Boolean);
  return parts.length === 0 ? null : parts.join(' · ');
}

function calledDetail(
  fact: Extract<TicketFact, { type: 'ticket.called' }>,
  texts: i18n,
  formats: Formats,
): string | null {
  const where = fact.isVideo ? texts.getFixedT(null, 'timeline')('calledByVideo') : fact.moduleName;
  const parts = [where, reasonWords(fact.reasons, texts, formats)].filter(Boolean);
  return parts.length === 0 ? null : parts.join(' · ');
}

function quoted(text: string): string {
  return `“${text}”`;
}
