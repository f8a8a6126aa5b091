import {
  ArrowRightLeft,
  EllipsisVertical,
  Mic,
  MicOff,
  MonitorUp,
  PhoneOff,
  QrCode,
  Settings2,
  Video as VideoIcon,
  VideoOff,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { TicketHeader } from '../../../protocol/ticket.ts';
import { Button } from '../../../web/ui/button.tsx';
import { IconButton } from '../../../web/ui/icon-button.tsx';
import { MenuButton } from '../../../web/ui/menu-button.tsx';
import { useDeskServices, useDeskState } from '../../start/desk-context.ts';
import { useAct } from '../../start/use-call.ts';
import { NoShowMenu } from '../calling/no-show-menu.tsx';
import { useLineReason } from '../ticket/use-line-reason.ts';
import { transferOf } from '../transfer/transfer-of.ts';
import type { OpenVideo } from './create-video.ts';
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
  const { video: service, store } = useDeskServices();
  const openDialog = useDeskState((state) => state.openDialog);
  const needsLine = useLineReason();
  const noShow = useAct();
  const tracks = video?.devices.tracks;
  const isOn = video?.call.isOn;
  const isSharing = Boolean(tracks?.screen);

  const choose = (id: 'share' | 'settings' | 'qr'): void => {
    if (id === 'qr') return openDialog({ type: 'inviteGuest', ticketId: header.id, turnCode: header.turnCode });
    if (id === 'settings') return openDialog({ type: 'videoSettings', ticketId: header.id });
    if (isSharing) service.stopScreen();
    else service.shareScreen();
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
          unavailable={needsLine}
          onPress={() => openDialog(transferOf(header, true))}
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
            id: 'share',
            label: isSharing ? t('stopSharing') : t('share'),
            icon: <MonitorUp size={16} />,
            unavailable: video ? undefined : t('notOpen'),
          },
          {
            id: 'settings',
            label: t('settings'),
            icon: <Settings2 size={16} />,
            unavailable: video ? undefined : t('notOpen'),
          },
          { id: 'qr', label: t('qr'), icon: <QrCode size={16} />, unavailable: needsLine },
        ]}
        onAction={choose}
      />
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
