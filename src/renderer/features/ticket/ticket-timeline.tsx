import {
  ArrowRightLeft,
  Ban,
  Check,
  ContactRound,
  DoorOpen,
  ListChecks,
  LockOpen,
  ListRestart,
  StickyNote,
  Ticket,
  Undo2,
  UserPen,
  UserX,
  Wrench,
  Link2Off,
  QrCode,
  Video,
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
  const names = {
    service: (id: string) => services.find((service) => service.id === id)?.name ?? '—',
    topic: (id: string) => services.flatMap(({ topics }) => topics).find((topic) => topic.id === id)?.name ?? '—',
  };
  if (lines.length === 0) return <EmptyState title={t('timeline.title')}>{t('timeline.empty')}</EmptyState>;
  const entries = lines.toReversed().map(({ event, isPending }) => {
    const { who, fact, detail } = timelineWords(event, names, i18n, formats);
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
      ...(detail !== null && { detail }),
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
    case 'guestLink.created':
      return <QrCode />;
    case 'guestLink.revoked':
      return <Link2Off />;
    case 'guest.entered':
      return <Video />;
    case 'contact.linked':
      return <ContactRound />;
    case 'contact.edited':
      return <UserPen />;
  }
}
