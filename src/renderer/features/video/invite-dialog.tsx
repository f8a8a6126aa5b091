import { Check, Copy, QrCode } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketId } from '../../../protocol/ids.ts';
import { Button } from '../../../web/ui/button.tsx';
import { Dialog } from '../../../web/ui/dialog.tsx';
import { LoadingState } from '../../../web/ui/loading-state.tsx';
import { qrPath } from '../../../web/ui/qr-path.ts';
import { TextField } from '../../../web/ui/text-field.tsx';
import { useDeskServices, useDeskState, useNow } from '../../start/desk-context.ts';
import { useCall } from '../../start/use-call.ts';
import { useFormats } from '../../start/use-formats.ts';
import { Concealed } from '../masking/concealed.tsx';
import { ActError } from '../ticket/act-error.tsx';
import styles from './invite-dialog.module.css';

export interface InviteDialogProps {
  ticketId: TicketId;
  turnCode: string;
}

/** "Generar QR" (S2-44): the link by which one guest comes into this video, to be shown, copied or taken back. */
export function InviteDialog({ ticketId, turnCode }: InviteDialogProps) {
  const { t } = useTranslation('videoCall');
  const formats = useFormats();
  const now = useNow();
  const close = useDeskState((state) => state.closeDialog);
  const isGuestHere = useDeskState(({ room }) => room?.ticketId === ticketId && room.isGuestHere);
  const kept = useDeskState(({ invitation }) => (invitation?.ticketId === ticketId ? invitation.link : null));
  const invited = useDeskState((state) => state.invited);
  const invite = useCall('video.invite');
  const revoke = useCall('video.revoke');
  const { video } = useDeskServices();
  const [isCopied, setIsCopied] = useState(false);
  // Once somebody is in, the link may be as old as it likes.
  const link = kept && (isGuestHere || kept.expiresAt > now) ? kept : null;

  const isTaken = isGuestHere || invite.error?.code === 'LINK_USED';

  const generate = async (isReplacing: boolean): Promise<void> => {
    setIsCopied(false);
    const made = await invite.run({ ticketId, isReplacing });
    if (!made) return;
    invited({ ticketId, link: made });
    // Whoever was in by the link before is out, with picture and sound.
    if (isReplacing) video.restart();
  };
  const takeBack = async (): Promise<void> => {
    if ((await revoke.run({ ticketId })) === null) return;
    invited(null);
    video.restart();
    close();
  };
  const copy = async (url: string): Promise<void> => {
    // A browser that refuses leaves the link to be copied by hand.
    setIsCopied(
      await navigator.clipboard.writeText(url).then(
        () => true,
        () => false,
      ),
    );
  };

  // A new link shuts out who came in by the one before: then the agent is asked first.
  const isAsked = useRef(false);
  useEffect(() => {
    if (isAsked.current || link !== null || isGuestHere) return;
    isAsked.current = true;
    void generate(false);
  });

  return (
    <Dialog
      isOpen
      onClose={close}
      size="wide"
      icon={<QrCode size={18} aria-hidden />}
      title={t('invite.title')}
      aside={
        link && (
          <Button variant="dangerOutlined" onPress={() => void takeBack()}>
            {t('invite.revoke')}
          </Button>
        )
      }
      footer={
        <Button variant="primary" autoFocus onPress={close}>
          {t('invite.done')}
        </Button>
      }
    >
      {link ? (
        <Concealed ticketId={ticketId}>
          <div className={styles.columns}>
            <QrPicture text={link.url} label={t('invite.code', { code: turnCode })} />
            <div className={styles.words}>
              <p>{t('invite.detail')}</p>
              <div className={styles.link}>
                <TextField label={t('invite.link')} value={link.url} isReadOnly />
                <Button
                  icon={isCopied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
                  onPress={() => void copy(link.url)}
                >
                  {t(isCopied ? 'invite.copied' : 'invite.copy')}
                </Button>
              </div>
              <dl className={styles.facts}>
                <dt>{t('invite.ticket')}</dt>
                <dd>{turnCode}</dd>
                <dt>{t('invite.guests')}</dt>
                <dd>{isGuestHere ? t('invite.guestIsIn') : t('invite.oneGuest')}</dd>
                <dt>{t('invite.expires')}</dt>
                <dd>
                  {isGuestHere
                    ? t('invite.withAttention')
                    : t('invite.expiresAt', {
                        hour: formats.hour(link.expiresAt),
                        left: formats.wait(link.expiresAt - now),
                      })}
                </dd>
              </dl>
            </div>
          </div>
        </Concealed>
      ) : isTaken ? (
        <div className={styles.words}>
          <p>{t('invite.replaces')}</p>
          <Button onPress={() => void generate(true)}>{t('invite.again')}</Button>
        </div>
      ) : (
        invite.error === null && <LoadingState />
      )}
      {!isTaken && <ActError error={invite.error} />}
      {!isTaken && invite.error && <Button onPress={() => void generate(false)}>{t('invite.retry')}</Button>}
      <ActError error={revoke.error} />
    </Dialog>
  );
}

function QrPicture({ text, label }: { text: string; label: string }) {
  const { side, path } = qrPath(text);
  return (
    <svg
      role="img"
      aria-label={label}
      className={styles.code}
      viewBox={`0 0 ${side} ${side}`}
      shapeRendering="crispEdges"
    >
      <rect width={side} height={side} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
