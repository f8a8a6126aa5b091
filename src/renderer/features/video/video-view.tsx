import { Video as VideoIcon } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketView } from '../../../bridge/facts.ts';
import { Button } from '../../../web/ui/button.tsx';
import { Chip } from '../../../web/ui/chip.tsx';
import { Tabs } from '../../../web/ui/tabs.tsx';
import { useDeskServices, useNow } from '../../start/desk-context.ts';
import { useFormats } from '../../start/use-formats.ts';
import { NotePanel } from '../attending/note-panel.tsx';
import { TopicsPanel } from '../attending/topics-panel.tsx';
import { useFinish } from '../attending/use-finish.ts';
import { ActError } from '../ticket/act-error.tsx';
import { customerName } from '../ticket/customer-name.ts';
import { TicketSubject } from '../ticket/ticket-subject.tsx';
import { TicketTimeline } from '../ticket/ticket-timeline.tsx';
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
  const { video: service } = useDeskServices();
  const { header } = ticket;
  const video = useVideo(header.id);
  const finish = useFinish(header);
  const formats = useFormats();
  const now = useNow();
  const [tab, setTab] = useState<'timeline' | 'note' | 'topics'>('timeline');
  const isCalling = header.state === 'calling';
  const name = customerName(ticket) ?? common('noName');
  const since = (isCalling ? header.calledAt : header.attendingSince) ?? now;
  const status = isCalling ? 'calling' : 'attending';

  return (
    <>
      <header className={styles.header}>
        <TicketSubject header={header} state={<Chip status={status}>{attention(status)}</Chip>} facts={[name]}>
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
      <VideoBar header={header} video={video} onEnd={finish.start} />
      <ActError error={finish.error} onClose={finish.forgetError} />
      <div className={styles.below}>
        <Tabs
          label={t('tabs')}
          selected={tab}
          onSelect={setTab}
          items={[
            {
              id: 'timeline',
              label: attention('timeline.title'),
              content: ticket.timeline && <TicketTimeline lines={ticket.timeline} />,
            },
            { id: 'note', label: t('note'), content: <NotePanel ticketId={header.id} /> },
            { id: 'topics', label: attention('topics.title'), content: <TopicsPanel ticket={ticket} /> },
          ]}
        />
      </div>
    </>
  );
}
