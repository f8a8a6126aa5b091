import { ArrowRightLeft } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { TicketHeader } from '../../../protocol/ticket.ts';
import type { TransferOffer } from '../../../protocol/video/transfer-offer.ts';
import { Button } from '../../../web/ui/button.tsx';
import hiding from '../../../web/ui/visually-hidden.module.css';
import { useDeskState, useNow } from '../../start/desk-context.ts';
import { useAct } from '../../start/use-call.ts';
import { ActError } from '../ticket/act-error.tsx';
import { useLineReason } from '../ticket/use-line-reason.ts';
import { isOpenOffer, secondsLeft } from './is-open-offer.ts';
import styles from './own-offer.module.css';

/** "Ofrecido a Luis: 24 s": what this agent has offered of the video in hand, which goes on meanwhile (S2-37). */
export function OwnOffer({ header }: { header: TicketHeader }) {
  const own = useDeskState(({ transfer }) => transfer?.own);
  if (!isOpenOffer(own) || own.attentionId !== header.holder?.attentionId) return null;
  return <OpenOffer key={own.id} offer={own} />;
}

function OpenOffer({ offer }: { offer: TransferOffer }) {
  const { t } = useTranslation('relay');
  const now = useNow(offer.dueAt);
  const needsLine = useLineReason();
  const act = useAct();
  const name = offer.to.agentName;
  const isAccepted = offer.state === 'accepted';
  return (
    <>
      <section className={styles.strip} aria-label={t('offeredAloud', { name })}>
        <ArrowRightLeft size={18} aria-hidden />
        {/* The seconds are not read out one by one. */}
        <span role="status" className={hiding.hidden}>
          {t(isAccepted ? 'connectingAloud' : 'offeredAloud', { name })}
        </span>
        <strong aria-hidden>
          {t(isAccepted ? 'connecting' : 'offered', { name, seconds: secondsLeft(offer, now) })}
        </strong>
        <Button
          size="small"
          aria-label={t('cancelLong')}
          unavailable={needsLine}
          onPress={() => void act.run({ type: 'transfer.cancel', ticketId: offer.ticketId, offerId: offer.id })}
        >
          {t('cancel')}
        </Button>
      </section>
      <ActError error={act.error} onClose={act.forgetError} />
    </>
  );
}
