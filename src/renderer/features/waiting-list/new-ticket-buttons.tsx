import { CloudOff, Plus, UserRoundCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../web/ui/button.tsx';
import { useDeskState } from '../../start/desk-context.ts';
import { useBusyReason } from '../ticket/use-busy-reason.ts';
import { useLineReason } from '../ticket/use-line-reason.ts';
import styles from './waiting-list.module.css';

/** "Atender ahora" for whoever stands at the counter (also without the line), "Generar Ticket" for the line. */
export function NewTicketButtons() {
  const { t } = useTranslation('tickets');
  const openDialog = useDeskState((state) => state.openDialog);
  const busy = useBusyReason();
  const needsLine = useLineReason();
  return (
    <div className={styles.buttons}>
      <Button
        size="small"
        icon={<UserRoundCheck size={16} aria-hidden />}
        unavailable={busy}
        onPress={() => openDialog({ type: 'attendNow', serviceId: null, customer: { type: 'none' } })}
      >
        {t('attendNow.button')}
      </Button>
      <Button
        size="small"
        icon={needsLine === undefined ? <Plus size={16} aria-hidden /> : <CloudOff size={16} aria-hidden />}
        unavailable={needsLine}
        onPress={() => openDialog({ type: 'createTicket' })}
      >
        {t('create.button')}
      </Button>
    </div>
  );
}
