import {
  ArrowRightLeft,
  Bookmark,
  Ban,
  Check,
  ContactRound,
  DoorOpen,
  ListChecks,
  LockOpen,
  ListRestart,
  MonitorOff,
  MonitorUp,
  Paperclip,
  SignalHigh,
  SignalLow,
  ShieldAlert,
  StickyNote,
  Ticket,
  Undo2,
  Unplug,
  UserPen,
  UserX,
  Wrench,
  Link2Off,
  QrCode,
  Video,
  FileCheck2,
  FileClock,
  FileText,
  FileX2,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { TimelineLine } from '../../../bridge/facts.ts';
import type { TicketFact } from '../../../protocol/event.ts';
import type { TicketOutcome } from '../../../protocol/ticket.ts';
import { timelineWords } from '../../../web/ui/words/timeline-words.ts';
import { EmptyState } from '../../../web/ui/empty-state.tsx';
import { StatusGlyph } from '../../../web/ui/status-glyph.tsx';
import { Timeline } from '../../../web/ui/timeline.tsx';
import { useNow } from '../../start/desk-context.ts';
import { useFormats } from '../../start/use-formats.ts';
import { useWorking } from '../../start/use-working.ts';
import { useShownWords } from '../masking/use-shown-words.ts';

const OUTCOME_GLYPHS: Record<TicketOutcome, ReactNode> = {
  finished: <Check />,
  cancelled: <Ban />,
  noShow: <UserX />,
  abandoned: <DoorOpen />,
  serviceRequested: <Wrench />,
};

export interface TicketTimelineProps {
  /** Oldest first, as they happened. */
  lines: readonly TimelineLine[];
}

/** "Cronología": newest first, what is still to be sent marked (S2-21). */
export function TicketTimeline({ lines }: TicketTimelineProps) {
  const { t, i18n } = useTranslation('attention');
  const formats = useFormats();
  const now = useNow();
  const { services } = useWorking();
  const shown = useShownWords();
  const names = {
    service: (id: string) => services.find((service) => service.id === id)?.name ?? '—',
    topic: (id: string) => services.flatMap(({ topics }) => topics).find((topic) => topic.id === id)?.name ?? '—',
  };
  if (lines.length === 0) return <EmptyState title={t('timeline.title')}>{t('timeline.empty')}</EmptyState>;
  const entries = lines.toReversed().map(({ event, isPending }) => {
    const { who, fact: whole, detail } = timelineWords(event, names, i18n, formats);
    // Both may quote what somebody wrote.
    const fact = shown(whole);
    return {
      id: event.id,
      hour: formats.when(event.isSuspect ? event.receivedAt : event.occurredAt, now),
      glyph: glyphOf(event.fact),
      fact:
        who === null ? (
          fact
        ) : (
          <>
            <strong>{who}</strong> {fact}
          </>
        ),
      ...(detail !== null && { detail: shown(detail) }),
      isPending,
    };
  });
  return <Timeline label={t('timeline.title')} entries={entries} />;
}

function glyphOf(fact: TicketFact): ReactNode {
  switch (fact.type) {
    case 'ticket.created':
      return <Ticket />;
    case 'ticket.called':
    case 'ticket.recalled':
      return <StatusGlyph status="calling" />;
    case 'ticket.attended':
      return <StatusGlyph status="attending" />;
    case 'ticket.returned':
      return <Undo2 />;
    case 'ticket.requeued':
      return <ListRestart />;
    case 'ticket.transferred':
      return <ArrowRightLeft />;
    case 'ticket.closed':
      return OUTCOME_GLYPHS[fact.outcome];
    case 'ticket.freed':
      return <LockOpen />;
    case 'attention.superseded':
      return <Check />;
    case 'note.added':
      return <StickyNote />;
    case 'topics.chosen':
      return <ListChecks />;
    case 'ticket.hopped':
      return fact.to === 'video' ? <Video /> : <DoorOpen />;
    case 'ticket.renewed':
      return <Ticket />;
    case 'guestLink.created':
      return <QrCode />;
    case 'guestLink.revoked':
      return <Link2Off />;
    case 'guest.entered':
      return <Video />;
    case 'guest.blocked':
      return <Ban />;
    case 'consent.asked':
      return <FileText />;
    case 'consent.accepted':
      return <FileCheck2 />;
    case 'consent.refused':
    case 'consent.withdrawn':
      return <FileX2 />;
    case 'consent.unanswered':
      return <FileClock />;
    case 'file.shared':
      return <Paperclip />;
    case 'call.keyChanged':
      return <ShieldAlert />;
    case 'transfer.offered':
    case 'transfer.accepted':
    case 'transfer.declined':
    case 'transfer.timedOut':
    case 'transfer.cancelled':
    case 'transfer.failed':
    case 'transfer.completed':
      return <ArrowRightLeft />;
    case 'contact.linked':
      return <ContactRound />;
    case 'contact.edited':
      return <UserPen />;
    case 'call.weakened':
      return <SignalLow />;
    case 'call.interrupted':
      return <Unplug />;
    case 'call.recovered':
      return <SignalHigh />;
    case 'call.screenShared':
      return <MonitorUp />;
    case 'call.screenEnded':
      return <MonitorOff />;
    case 'mark.added':
      return <Bookmark />;
  }
}
