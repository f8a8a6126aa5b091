import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgentId, ServiceId, TicketId } from '../../../protocol/ids.ts';
import type { OfferColleague } from '../../../protocol/video/transfer-offer.ts';
import { Button } from '../../../web/ui/button.tsx';
import { Dialog } from '../../../web/ui/dialog.tsx';
import { ErrorState } from '../../../web/ui/error-state.tsx';
import { LoadingState } from '../../../web/ui/loading-state.tsx';
import { Segmented } from '../../../web/ui/segmented.tsx';
import { Select } from '../../../web/ui/select.tsx';
import { TextArea } from '../../../web/ui/text-area.tsx';
import { useDeskServices, useDeskState } from '../../start/desk-context.ts';
import { useAct, useCall } from '../../start/use-call.ts';
import { useWorking } from '../../start/use-working.ts';
import { ActError } from '../ticket/act-error.tsx';
import { SlowAnswer } from '../ticket/slow-answer.tsx';
import { useLineReason } from '../ticket/use-line-reason.ts';

const MAXIMUM_COMMENT = 500;

export interface OfferDialogProps {
  ticketId: TicketId;
  turnCode: string;
  /** Where it is now. */
  serviceId: ServiceId;
}

/** "Transferir llamada": to a colleague, who takes over without a gap, or to another service (S2-37). */
export function OfferDialog({ ticketId, turnCode, serviceId: current }: OfferDialogProps) {
  const { t } = useTranslation('relay');
  const { t: tickets } = useTranslation('tickets');
  const { t: workspaceText } = useTranslation('workspace');
  const { t: common } = useTranslation('common');
  const { toasts } = useDeskServices();
  const { services } = useWorking();
  const close = useDeskState((state) => state.closeDialog);
  const needsLine = useLineReason();
  const list = useCall('video.colleagues');
  const act = useAct();
  const [to, setTo] = useState<'colleague' | 'service'>('colleague');
  const [colleagues, setColleagues] = useState<OfferColleague[] | null>(null);
  const [agentId, setAgentId] = useState<AgentId | null>(null);
  const [serviceId, setServiceId] = useState<ServiceId | null>(null);
  const [comment, setComment] = useState('');
  const [isTried, setIsTried] = useState(false);

  const look = async (): Promise<void> => {
    const found = await list.run({ ticketId });
    if (found) setColleagues(found.colleagues);
  };
  const hasLooked = useRef(false);
  useEffect(() => {
    if (hasLooked.current) return;
    hasLooked.current = true;
    void look();
  });

  const offer = async (): Promise<void> => {
    if (agentId === null) return;
    if (await act.run({ type: 'transfer.offer', ticketId, agentId, comment })) return close();
    // Somebody else may be free by now.
    setAgentId(null);
    await look();
  };
  const transfer = async (): Promise<void> => {
    if (serviceId === null) return;
    if (!(await act.run({ type: 'attention.transfer', ticketId, serviceId, comment }))) return;
    close();
    const service = services.find(({ id }) => id === serviceId)?.name ?? '';
    toasts.show({ message: workspaceText('notice.transferred', { code: turnCode, service }) });
  };
  const submit = (): void => {
    setIsTried(true);
    void (to === 'colleague' ? offer() : transfer());
  };

  return (
    <Dialog
      isOpen
      onClose={close}
      title={t('title', { code: turnCode })}
      footer={
        <>
          <SlowAnswer isRunning={act.isRunning} />
          <Button onPress={close}>{common('cancel')}</Button>
          <Button variant="primary" unavailable={needsLine} onPress={submit}>
            {to === 'colleague' ? t('submit') : tickets('transferDialog.submit', { code: turnCode })}
          </Button>
        </>
      }
    >
      <Segmented
        label={t('to')}
        options={[
          { value: 'colleague', label: t('toColleague') },
          { value: 'service', label: t('toService') },
        ]}
        value={to}
        onChange={setTo}
      />
      <p>{t(to === 'colleague' ? 'detail' : 'serviceDetail')}</p>
      {to === 'colleague' && colleagues !== null && colleagues.length > 0 && (
        <Select
          label={t('colleague')}
          placeholder={t('chooseColleague')}
          options={colleagues.map((each) => ({
            value: each.agentId,
            label: each.name,
            detail: [t(each.level), each.moduleName, each.obstacle && t(`obstacle.${each.obstacle}`)]
              .filter(Boolean)
              .join(' · '),
            isDisabled: each.obstacle !== null,
          }))}
          value={agentId}
          onChange={setAgentId}
          error={isTried && agentId === null && act.error === null ? t('colleagueRequired') : undefined}
          autoFocus
        />
      )}
      {to === 'colleague' && colleagues?.length === 0 && <p role="status">{t('none')}</p>}
      {to === 'colleague' && colleagues === null && list.error === null && <LoadingState />}
      {to === 'colleague' && list.error !== null && (
        <ErrorState title={t('failed')} onRetry={() => void look()}>
          {list.error.title}
        </ErrorState>
      )}
      {to === 'service' && (
        <Select
          label={tickets('transferDialog.service')}
          placeholder={tickets('transferDialog.chooseService')}
          options={services.filter(({ id }) => id !== current).map(({ id, name }) => ({ value: id, label: name }))}
          value={serviceId}
          onChange={setServiceId}
          error={isTried && serviceId === null ? tickets('transferDialog.serviceRequired') : undefined}
        />
      )}
      <TextArea
        label={t('comment')}
        placeholder={t('commentPlaceholder')}
        maxLength={MAXIMUM_COMMENT}
        value={comment}
        onChange={setComment}
      />
      {act.error !== null && <ActError error={act.error} />}
    </Dialog>
  );
}
