import { ArrowRightLeft, Check, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TransferOffer } from '../../../protocol/video/transfer-offer.ts';
import { Button } from '../../../web/ui/button.tsx';
import { Ficha } from '../../../web/ui/ficha.tsx';
import { TextField } from '../../../web/ui/text-field.tsx';
import hiding from '../../../web/ui/visually-hidden.module.css';
import { useDeskServices, useDeskState, useNow } from '../../start/desk-context.ts';
import { isTyping } from '../../start/is-typing.ts';
import { useAct } from '../../start/use-call.ts';
import { useFormats } from '../../start/use-formats.ts';
import { useService } from '../../start/use-working.ts';
import { Concealed } from '../masking/concealed.tsx';
import { useIsOthers } from '../masking/use-is-others.ts';
import { useVideo } from '../video/use-video.ts';
import { ActError } from '../ticket/act-error.tsx';
import { SlowAnswer } from '../ticket/slow-answer.tsx';
import { useLineReason } from '../ticket/use-line-reason.ts';
import { isOpenOffer, secondsLeft } from './is-open-offer.ts';
import styles from './incoming-offer.module.css';

const MAXIMUM_REASON = 200;

/** A live video that a colleague offers, with all that may be known of it before it is this agent's (S2-37). */
export function IncomingOffer() {
  const offer = useDeskState(({ transfer }) => transfer?.toMe);
  const inHand = useDeskState(({ current }) => current?.ticket?.header.id);
  if (!isOpenOffer(offer) || inHand === offer.ticketId) return null;
  return <OfferCard key={offer.id} offer={offer} />;
}

function OfferCard({ offer }: { offer: TransferOffer }) {
  const { t } = useTranslation('relay');
  const { t: common } = useTranslation('common');
  const { t: videoText } = useTranslation('videoCall');
  const { video } = useDeskServices();
  const formats = useFormats();
  const now = useNow(offer.dueAt);
  const needsLine = useLineReason();
  const act = useAct();
  const [isDeclining, setIsDeclining] = useState(false);
  const [reason, setReason] = useState('');
  const { card, from, ticketId, id: offerId } = offer;
  const service = useService(card.serviceId);
  const name = from.agentName;
  const isHidden = useIsOthers(ticketId);
  const customer = isHidden ? videoText('masking.name') : (card.customerName ?? common('noName'));
  const isAccepted = offer.state === 'accepted';
  const taken = useVideo(ticketId);

  // An offer asks for the keyboard, but never takes it from somebody who is writing or from an open dialog.
  const foot = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!isTyping() && !document.activeElement?.closest('[role=dialog]'))
      foot.current?.querySelector('button')?.focus({ focusVisible: true });
  }, []);

  const accept = async (): Promise<void> => {
    if (await act.run({ type: 'transfer.accept', ticketId, offerId })) video.takeOver(offer);
  };
  const decline = (): void => void act.run({ type: 'transfer.decline', ticketId, offerId, reason: reason.trim() });

  return (
    <section className={styles.card} aria-label={t('incoming.region')}>
      <div className={styles.band}>
        <ArrowRightLeft size={18} aria-hidden />
        <strong>{t('incoming.title', { name })}</strong>
        <span className={styles.left} aria-hidden>
          {t('incoming.left', { seconds: secondsLeft(offer, now) })}
        </span>
        <span role="alert" className={hiding.hidden}>
          {isAccepted
            ? t('incoming.connecting', { customer })
            : t('incoming.aloud', { name, code: card.turnCode, customer, service: service?.name ?? '' })}
        </span>
      </div>
      <div className={styles.body}>
        <Ficha code={card.turnCode} size={40} />
        <div className={styles.words}>
          <h2 className={styles.name}>{customer}</h2>
          <p>{service?.name}</p>
          {offer.comment !== '' && (
            <Concealed>
              <p className={styles.comment}>{`“${offer.comment}”`}</p>
            </Concealed>
          )}
        </div>
        <dl className={styles.facts}>
          <dt>{t('incoming.elapsed')}</dt>
          <dd>{card.attendingSince === null ? '—' : formats.timer(now - card.attendingSince)}</dd>
          <dt>{t('incoming.topics')}</dt>
          <dd>{card.topics}</dd>
          <dt>{t('incoming.notes')}</dt>
          <dd>{card.notes}</dd>
        </dl>
      </div>
      <ActError error={act.error} onClose={act.forgetError} />
      <div ref={foot} className={styles.foot}>
        {isAccepted ? (
          <>
            <p aria-hidden>{t('incoming.connecting', { customer })}</p>
            {/* Its answer was lost, or this window was loaded anew: devices are captured by a press alone. */}
            {taken === null && !act.isRunning && (
              <Button variant="primary" size="large" shortcut="F2" onPress={() => video.takeOver(offer)}>
                {t('incoming.takeUp')}
              </Button>
            )}
          </>
        ) : isDeclining ? (
          <>
            <TextField
              label={t('incoming.reason')}
              isLabelHidden
              placeholder={t('incoming.reasonPlaceholder', { name })}
              maxLength={MAXIMUM_REASON}
              value={reason}
              onChange={setReason}
              autoFocus
            />
            <Button onPress={() => setIsDeclining(false)}>{t('incoming.back')}</Button>
            <Button variant="danger" unavailable={needsLine} onPress={decline}>
              {t('incoming.submitDecline')}
            </Button>
          </>
        ) : (
          <>
            <Button
              variant="primary"
              size="large"
              shortcut="F2"
              icon={<Check size={18} aria-hidden />}
              unavailable={needsLine}
              onPress={() => void accept()}
            >
              {t('incoming.accept')}
            </Button>
            <Button
              size="large"
              icon={<X size={18} aria-hidden />}
              unavailable={needsLine}
              onPress={() => setIsDeclining(true)}
            >
              {t('incoming.decline')}
            </Button>
            <SlowAnswer isRunning={act.isRunning} />
            <p className={styles.detail}>{t('incoming.camera')}</p>
          </>
        )}
      </div>
    </section>
  );
}
