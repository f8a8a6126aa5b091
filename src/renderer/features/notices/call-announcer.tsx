import { useTranslation } from 'react-i18next';
import hiding from '../../../web/ui/visually-hidden.module.css';
import { useDeskState } from '../../start/desk-context.ts';
import { useWorking } from '../../start/use-working.ts';
import { useIsOthers } from '../masking/use-is-others.ts';
import { customerName } from '../ticket/customer-name.ts';

/** Says each call to assistive technology. Stands empty before, so that it is heard. */
export function CallAnnouncer() {
  const { t } = useTranslation('workspace');
  const { t: common } = useTranslation('common');
  const { t: videoText } = useTranslation('videoCall');
  const { services } = useWorking();
  const ticket = useDeskState(({ current }) => current?.ticket);
  const isHidden = useIsOthers(ticket?.header.id);
  const isCalling = ticket?.header.state === 'calling';
  return (
    <div aria-live="assertive" className={hiding.hidden}>
      {isCalling &&
        t('notice.calledAloud', {
          code: ticket.header.turnCode,
          name: isHidden ? videoText('masking.name') : (customerName(ticket) ?? common('noName')),
          service: services.find(({ id }) => id === ticket.header.serviceId)?.name ?? '',
        })}
    </div>
  );
}
