import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Act, ActCustomer } from '../../../bridge/act.ts';
import type { CommandId, ServiceId } from '../../../protocol/ids.ts';
import { Button } from '../../../web/ui/button.tsx';
import { Checkbox } from '../../../web/ui/checkbox.tsx';
import { Dialog } from '../../../web/ui/dialog.tsx';
import { Select } from '../../../web/ui/select.tsx';
import { useDeskServices, useDeskState } from '../../start/desk-context.ts';
import { useActCall } from '../../start/use-call.ts';
import { useWorking } from '../../start/use-working.ts';
import { documentTypesOf } from '../../../domain/contact/document-types.ts';
import { useNewContactErrors } from '../contact/use-new-contact-errors.ts';
import { ActError } from '../ticket/act-error.tsx';
import { SlowAnswer } from '../ticket/slow-answer.tsx';
import { useLineReason } from '../ticket/use-line-reason.ts';
import { actCustomer } from './act-customer.ts';
import { CustomerChoice, type ChosenCustomer } from './customer-choice.tsx';

export interface NewTicketDialogProps {
  /** `create`: "Generar Ticket" for the line. `attendNow`: for whoever stands at the counter, also without the line. */
  kind: 'create' | 'attendNow';
  serviceId?: ServiceId | null;
  customer?: ActCustomer;
  /** Refused acts that this one is the correction of. */
  replaces?: readonly CommandId[];
}

/** A ticket made by hand (S2-20): service and, optionally, customer. */
export function NewTicketDialog({
  kind,
  serviceId: given = null,
  customer: givenCustomer,
  replaces = [],
}: NewTicketDialogProps) {
  const { t } = useTranslation('tickets');
  const { t: workspaceText } = useTranslation('workspace');
  const { t: common } = useTranslation('common');
  const { toasts } = useDeskServices();
  const { services, mainServices, supportServices, country } = useWorking();
  const close = useDeskState((state) => state.closeDialog);
  const openDialog = useDeskState((state) => state.openDialog);
  const openTicket = useDeskState((state) => state.openTicket);
  const needsLine = useLineReason();
  const call = useActCall({ replaces });
  const [serviceId, setServiceId] = useState<ServiceId | null>(given);
  const [isPreferente, setIsPreferente] = useState(false);
  const [isTried, setIsTried] = useState(false);
  const [customer, setCustomer] = useState<ChosenCustomer>({
    kind: givenCustomer?.type === 'new' ? 'new' : 'none',
    match: null,
    values: givenCustomer?.type === 'new' ? givenCustomer.contact : { documentType: documentTypesOf(country)[0] ?? '' },
  });
  const { errors } = useNewContactErrors(customer.values, call.error, isTried);
  const isAttendNow = kind === 'attendNow';
  // A video is attended over the line: nobody stands at the counter for it.
  const offered = services.filter((service) => !isAttendNow || service.kind === 'counter');

  const submit = async (): Promise<void> => {
    setIsTried(true);
    const whom = actCustomer(customer);
    if (serviceId === null || whom === null) return;
    const act: Act = isAttendNow
      ? { type: 'ticket.attendNow', serviceId, customer: whom }
      : { type: 'ticket.create', serviceId, priority: isPreferente ? 'preferente' : 'normal', customer: whom };
    const made = await call.run(act);
    if (made === null) return;
    close();
    if (isAttendNow) return openTicket(null);
    const { ticketId, turnCode } = made;
    if (turnCode === null) return;
    toasts.show({ message: workspaceText('notice.ticketCreated', { code: turnCode }) });
    // A virtual turn is nobody's before its customer has the link (S2-44); who attends its service gives it.
    const isVideo = offered.find(({ id }) => id === serviceId)?.kind === 'video';
    const isOwn = [...mainServices, ...supportServices].includes(serviceId);
    if (isVideo && isOwn && ticketId !== null) openDialog({ type: 'inviteGuest', ticketId, turnCode });
  };

  return (
    <Dialog
      isOpen
      onClose={close}
      title={t(`${kind}.title`)}
      footer={
        <>
          <SlowAnswer isRunning={call.isRunning} />
          <Button onPress={close}>{common('cancel')}</Button>
          <Button variant="primary" unavailable={isAttendNow ? undefined : needsLine} onPress={() => void submit()}>
            {t(`${kind}.submit`)}
          </Button>
        </>
      }
    >
      {isAttendNow && <p>{t('attendNow.detail')}</p>}
      <Select
        label={t('create.service')}
        placeholder={t('create.chooseService')}
        options={offered.map(({ id, name }) => ({ value: id, label: name }))}
        value={serviceId}
        onChange={setServiceId}
        error={isTried && serviceId === null ? t('create.serviceRequired') : undefined}
        autoFocus
      />
      <CustomerChoice customer={customer} onChange={setCustomer} errors={errors} />
      {isTried && customer.kind === 'existing' && customer.match === null && (
        <p role="alert">{workspaceText('newTicket.contactRequired')}</p>
      )}
      {!isAttendNow && (
        <Checkbox isSelected={isPreferente} onChange={setIsPreferente}>
          {t('create.priority')}
        </Checkbox>
      )}
      {call.error !== null && !(call.error.field !== undefined && call.error.field in errors) && (
        <ActError error={call.error} />
      )}
    </Dialog>
  );
}
