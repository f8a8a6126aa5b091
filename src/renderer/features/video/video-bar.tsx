import {
  ArrowRightLeft,
  Ban,
  EllipsisVertical,
  FilePen,
  Mic,
  MicOff,
  MonitorUp,
  PhoneOff,
  PictureInPicture2,
  QrCode,
  Settings2,
  Video as VideoIcon,
  VideoOff,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { hadGuest } from '../../../domain/ticket/had-guest.ts';
import type { TicketHeader } from '../../../protocol/ticket.ts';
import { Button } from '../../../web/ui/button.tsx';
import { IconButton } from '../../../web/ui/icon-button.tsx';
import { MenuButton } from '../../../web/ui/menu-button.tsx';
import { useDeskServices, useDeskState } from '../../start/desk-context.ts';
import { useAct } from '../../start/use-call.ts';
import { NoShowMenu } from '../calling/no-show-menu.tsx';
import { useFloating } from '../floating/use-floating.ts';
import { openTerms } from '../terms/open-terms.ts';
import { useLineReason } from '../ticket/use-line-reason.ts';
import { isOpenOffer } from '../relay/is-open-offer.ts';
import type { OpenVideo } from './video.ts';
import { useShareScreen } from './use-share-screen.ts';
import styles from './video-bar.module.css';

export interface VideoBarProps {
  header: TicketHeader;
  /** Null while it is not open. */
  video: OpenVideo | null;
  onEnd: () => void;
}

/** What the agent does in a video (S2-36 to S2-44). */
export function VideoBar({ header, video, onEnd }: VideoBarProps) {
  const { t } = useTranslation('videoCall');
  const { t: terms } = useTranslation('terms');
  const { video: service, store } = useDeskServices();
  const openDialog = useDeskState((state) => state.openDialog);
  const needsLine = useLineReason();
  const noShow = useAct();
  const { t: relay } = useTranslation('relay');
  const isOffered = useDeskState(({ transfer }) => isOpenOffer(transfer?.own) && transfer.own.ticketId === header.id);
  const tracks = video?.devices.tracks;
  const isOn = video?.call.isOn;
  const timeline = useDeskState(({ current }) =>
    current?.ticket?.header.id === header.id ? current.ticket.timeline : null,
  );
  // Whoever was in can be reported after leaving too, and by a desk that was loaded anew.
  const wasGuestIn = Boolean(video?.call.isPeerHere) || hadGuest((timeline ?? []).map(({ event }) => event.fact));
  const isSharing = Boolean(tracks?.screen);
  const share = useShareScreen();
  const floating = useFloating();

  const choose = (id: 'terms' | 'share' | 'settings' | 'qr' | 'block'): void => {
    if (id === 'terms') return openTerms(store);
    if (id === 'qr') return openDialog({ type: 'inviteGuest', ticketId: header.id, turnCode: header.turnCode });
    if (id === 'block') return openDialog({ type: 'blockGuest', ticketId: header.id, turnCode: header.turnCode });
    if (id === 'settings') return openDialog({ type: 'videoSettings' });
    if (isSharing) service.stopScreen();
    else share();
  };

  return (
    <div role="toolbar" aria-label={t('bar')} className={styles.bar}>
      <IconButton
        label={t('microphone')}
        variant="onFrame"
        size="large"
        aria-pressed={isOn?.microphone ?? false}
        unavailable={tracks?.microphone ? undefined : t('noMicrophone')}
        onPress={() => service.setOn('microphone', !isOn?.microphone)}
      >
        {isOn?.microphone ? <Mic size={20} aria-hidden /> : <MicOff size={20} aria-hidden />}
      </IconButton>
      <IconButton
        label={t('camera')}
        variant="onFrame"
        size="large"
        aria-pressed={isOn?.camera ?? false}
        unavailable={tracks?.camera ? undefined : t('noCamera')}
        onPress={() => service.setOn('camera', !isOn?.camera)}
      >
        {isOn?.camera ? <VideoIcon size={20} aria-hidden /> : <VideoOff size={20} aria-hidden />}
      </IconButton>
      {header.state === 'attending' && (
        <IconButton
          label={t('transfer')}
          variant="onFrame"
          size="large"
          unavailable={needsLine ?? (isOffered ? relay('alreadyOffered') : undefined)}
          onPress={() => {
            const { id: ticketId, turnCode, serviceId } = header;
            openDialog({ type: 'transferCall', ticketId, turnCode, serviceId });
          }}
        >
          <ArrowRightLeft size={20} aria-hidden />
        </IconButton>
      )}
      <MenuButton
        placement="top start"
        trigger={
          <IconButton label={t('menu')} variant="onFrame" size="large">
            <EllipsisVertical size={20} aria-hidden />
          </IconButton>
        }
        entries={[
          {
            id: 'terms',
            label: terms('open'),
            icon: <FilePen size={16} />,
            shortcut: 'F6',
            unavailable: header.state === 'attending' ? undefined : terms('notYet'),
          },
          {
            id: 'share',
            label: isSharing ? t('stopSharing') : t('share'),
            icon: <MonitorUp size={16} />,
            shortcut: 'F7',
            unavailable: video ? undefined : t('notOpen'),
          },
          {
            id: 'settings',
            label: t('settings'),
            icon: <Settings2 size={16} />,
            unavailable: video ? undefined : t('notOpen'),
          },
          { id: 'qr', label: t('qr'), icon: <QrCode size={16} />, shortcut: 'F9', unavailable: needsLine },
          {
            id: 'block',
            label: t('block.open'),
            icon: <Ban size={16} />,
            unavailable: needsLine ?? (wasGuestIn ? undefined : t('block.nobody')),
          },
        ]}
        onAction={choose}
      />
      {floating && (
        <IconButton
          label={t(floating.isOpen ? 'floating.back' : 'floating.open')}
          variant="onFrame"
          size="large"
          unavailable={video ? undefined : t('notOpen')}
          onPress={floating.toggle}
        >
          <PictureInPicture2 size={20} aria-hidden />
        </IconButton>
      )}
      <div className={styles.apart}>
        {header.state === 'calling' ? (
          <NoShowMenu
            unavailable={needsLine}
            icon={undefined}
            onChoose={(then) => void noShow.run({ type: 'attention.noShow', ticketId: header.id, then })}
          />
        ) : (
          <Button
            variant="hangUp"
            size="large"
            shortcut="F4"
            icon={<PhoneOff size={20} aria-hidden />}
            unavailable={needsLine}
            onPress={() => {
              store.getState().closeDialog();
              onEnd();
            }}
          >
            {t('end')}
          </Button>
        )}
      </div>
    </div>
  );
}
