import { History, MessageSquare, Paperclip, Video as VideoIcon } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketView } from '../../../bridge/facts.ts';
import { Button } from '../../../web/ui/button.tsx';
import { Chip } from '../../../web/ui/chip.tsx';
import { Tabs } from '../../../web/ui/tabs.tsx';
import hidden from '../../../web/ui/visually-hidden.module.css';
import { useDeskServices, useNow } from '../../start/desk-context.ts';
import { useFormats } from '../../start/use-formats.ts';
import { NotePanel } from '../attending/note-panel.tsx';
import { TopicsPanel } from '../attending/topics-panel.tsx';
import { useFinish } from '../attending/use-finish.ts';
import { countChat } from '../chat/chat-lines.ts';
import { ChatPanel } from '../chat/chat-panel.tsx';
import { MessageLine } from '../chat/message-line.tsx';
import { AttachButton } from '../files/attach-button.tsx';
import { FilesPanel } from '../files/files-panel.tsx';
import { OwnOffer } from '../relay/own-offer.tsx';
import { ActError } from '../ticket/act-error.tsx';
import { customerName } from '../ticket/customer-name.ts';
import { ReadinessChip } from '../ticket/readiness-chip.tsx';
import { TicketSubject } from '../ticket/ticket-subject.tsx';
import { TicketTimeline } from '../ticket/ticket-timeline.tsx';
import { MarkLine } from './mark-line.tsx';
import { ScreenRequest } from './screen-request.tsx';
import { useReadinessWords } from '../ticket/use-readiness-words.ts';
import { useVideo } from './use-video.ts';
import { VideoBar } from './video-bar.tsx';
import { VideoStage } from './video-stage.tsx';
import styles from './video-view.module.css';

export interface VideoViewProps {
  ticket: TicketView;
}

/** The virtual attention in hand, from "llamando" on (S2-34). */
export function VideoView({ ticket }: VideoViewProps) {
  const { t } = useTranslation('videoCall');
  const { t: attention } = useTranslation('attention');
  const { t: common } = useTranslation('common');
  const { t: chat } = useTranslation('chat');
  const { t: filesWords } = useTranslation('files');
  const { video: service } = useDeskServices();
  const { header } = ticket;
  const readinessWords = useReadinessWords();
  const video = useVideo(header.id);
  const finish = useFinish(header);
  const formats = useFormats();
  const now = useNow();
  const [tab, setTab] = useState<'chat' | 'files' | 'timeline' | 'note' | 'topics'>('chat');
  const { unread } = countChat(ticket.chat);
  const { files } = ticket;
  const received = files?.filter(({ from }) => from === 'guest').length ?? null;
  /** When the tab was last open; what was there before this view was opened is not new. */
  const [seenFiles, setSeenFiles] = useState(received);
  useEffect(() => {
    if (received !== null && (tab === 'files' || seenFiles === null)) setSeenFiles(received);
  }, [tab, received, seenFiles]);
  const newFiles = tab === 'files' ? 0 : (received ?? 0) - (seenFiles ?? received ?? 0);
  const isCalling = header.state === 'calling';
  const known = customerName(ticket);
  const name = known ?? common('customer');
  const since = (isCalling ? header.calledAt : header.attendingSince) ?? now;
  const status = isCalling ? 'calling' : 'attending';

  return (
    <>
      <header className={styles.header}>
        <TicketSubject
          header={header}
          state={<Chip status={status}>{attention(status)}</Chip>}
          mark={isCalling && header.readiness && <ReadinessChip readiness={header.readiness} />}
          facts={[known ?? common('noName'), isCalling && header.readiness && readinessWords(header.readiness)]}
        >
          <p role="timer" aria-label={attention('elapsed')} className={styles.elapsed}>
            {formats.timer(now - since)}
          </p>
        </TicketSubject>
      </header>
      {video ? (
        <VideoStage video={video} name={name} />
      ) : (
        <div className={styles.closed}>
          <p>{t(isCalling ? 'notYetOpen' : 'openAgain')}</p>
          <Button
            variant="primary"
            size="large"
            shortcut="F2"
            autoFocus
            icon={<VideoIcon size={20} aria-hidden />}
            onPress={() => service.open(header.id)}
          >
            {t('open')}
          </Button>
        </div>
      )}
      {video && <ScreenRequest video={video} name={name} />}
      <OwnOffer header={header} />
      <VideoBar header={header} video={video} onEnd={finish.start} />
      <ActError error={finish.error} onClose={finish.forgetError} />
      <div className={styles.below}>
        <Tabs
          label={t('tabs')}
          selected={tab}
          onSelect={setTab}
          items={[
            {
              id: 'chat',
              label: chat('tab'),
              icon: <MessageSquare size={16} aria-hidden />,
              count: unread === 0 ? undefined : String(unread),
              content: <ChatPanel ticketId={header.id} name={name} chat={ticket.chat} />,
            },
            {
              id: 'files',
              label: filesWords('tab'),
              icon: <Paperclip size={16} aria-hidden />,
              count: files?.length ? String(files.length) : undefined,
              content: <FilesPanel ticketId={header.id} name={name} files={files} />,
            },
            {
              id: 'timeline',
              label: attention('timeline.title'),
              icon: <History size={16} aria-hidden />,
              content: ticket.timeline && <TicketTimeline lines={ticket.timeline} />,
            },
            { id: 'note', label: t('note'), content: <NotePanel ticketId={header.id} /> },
            { id: 'topics', label: attention('topics.title'), content: <TopicsPanel ticket={ticket} /> },
          ]}
        />
      </div>
      <p aria-live="polite" className={hidden.hidden}>
        {[
          tab !== 'chat' && unread > 0 && chat('unread', { count: unread }),
          newFiles > 0 && filesWords('unseen', { count: newFiles }),
        ]
          .filter(Boolean)
          .join('. ')}
      </p>
      <div className={styles.foot}>
        <MessageLine ticketId={header.id} name={name} onSent={() => setTab('chat')}>
          <AttachButton ticketId={header.id} onPicked={() => setTab('files')} />
        </MessageLine>
        <MarkLine header={header} />
      </div>
    </>
  );
}
