import { ArrowRightLeft, CloudOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { WaitingRow } from '../../../bridge/facts.ts';
import { Button } from '../../../web/ui/button.tsx';
import { Chip } from '../../../web/ui/chip.tsx';
import { EmptyState } from '../../../web/ui/empty-state.tsx';
import { Ficha } from '../../../web/ui/ficha.tsx';
import { LoadingState } from '../../../web/ui/loading-state.tsx';
import { Panel } from '../../../web/ui/panel.tsx';
import { useDeskState } from '../../start/desk-context.ts';
import { useAct } from '../../start/use-call.ts';
import { useFormats } from '../../start/use-formats.ts';
import { useService } from '../../start/use-working.ts';
import { useRowWords } from '../masking/use-row-words.ts';
import { ActError } from '../ticket/act-error.tsx';
import { SlowAnswer } from '../ticket/slow-answer.tsx';
import { useCallTicket } from '../ticket/use-call-ticket.ts';
import { useLineReason } from '../ticket/use-line-reason.ts';
import { Why } from '../ticket/why.tsx';
import { transferOf } from '../transfer/transfer-of.ts';
import { IdleNote } from './idle-note.tsx';
import styles from './idle-view.module.css';

/** "Siguiente en la fila": with manual attention the agent calls it, otherwise the system will. */
export function NextInLine() {
  const { t } = useTranslation('workspace');
  const { t: stateName } = useTranslation('states');
  const waiting = useDeskState((state) => state.waiting);
  const status = useDeskState((state) => state.status?.status);
  const chooseState = useAct();
  const isOnline = status?.state === 'online';
  const next = waiting?.next ?? null;

  if (waiting === null || status === undefined) {
    return (
      <Panel title={t('idle.title')}>
        <LoadingState />
      </Panel>
    );
  }
  const goOnline = !isOnline && (
    <Button
      variant={status.isManual && next !== null ? 'outlined' : 'primary'}
      onPress={() => void chooseState.run({ type: 'status.choose', state: 'online' })}
    >
      {t('idle.goOnline')}
    </Button>
  );
  return (
    <Panel
      title={t('idle.title')}
      aside={next !== null && <Chip status="waiting">{stateName('ticket.waiting')}</Chip>}
      footer={
        <>
          {next !== null && status.isManual && <NextButtons next={next} />}
          {goOnline}
          <IdleNote status={status} />
        </>
      }
    >
      <ActError error={chooseState.error} onClose={chooseState.forgetError} />
      {next === null ? (
        <EmptyState title={t('idle.nobody')}>{t('idle.nobodyDetail')}</EmptyState>
      ) : (
        <NextTicket next={next} />
      )}
    </Panel>
  );
}

function NextTicket({ next: { header, reasons } }: { next: WaitingRow }) {
  const { t } = useTranslation('workspace');
  const { t: stateName } = useTranslation('states');
  const { t: ticketText } = useTranslation('tickets');
  const formats = useFormats();
  const service = useService(header.serviceId);
  const { name, document } = useRowWords(header);
  const detail = [
    header.appointmentAt === null
      ? stateName(`kind.${header.kind}`)
      : ticketText('appointmentAt', { hour: formats.hour(header.appointmentAt) }),
    service?.name,
    header.documentLast4 !== null && document,
    header.priority === 'preferente' && stateName('priority.preferente'),
  ].filter(Boolean);
  return (
    <>
      <div className={styles.who}>
        <Ficha code={header.turnCode} size={40} />
        <div className={styles.words}>
          <h3 className={styles.name}>{name}</h3>
          <p className={styles.detail}>{detail.join(' · ')}</p>
        </div>
      </div>
      <div className={styles.whyBox}>
        <Why label={t('idle.why')} reasons={reasons} />
      </div>
    </>
  );
}

function NextButtons({ next: { header } }: { next: WaitingRow }) {
  const { t } = useTranslation('tickets');
  const openDialog = useDeskState((state) => state.openDialog);
  const needsLine = useLineReason();
  const call = useCallTicket();
  const cloudOff = needsLine !== undefined && <CloudOff size={16} aria-hidden />;
  return (
    <>
      <Button
        variant="primary"
        shortcut="F2"
        icon={cloudOff}
        unavailable={needsLine}
        onPress={() => void call.call(header)}
      >
        {t('attend')}
      </Button>
      <Button
        icon={cloudOff || <ArrowRightLeft size={16} aria-hidden />}
        unavailable={needsLine}
        onPress={() => openDialog(transferOf(header, false))}
      >
        {t('transfer')}
      </Button>
      <SlowAnswer isRunning={call.isRunning} />
      <ActError error={call.error} onClose={call.forgetError} />
    </>
  );
}
