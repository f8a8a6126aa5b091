import { Info } from 'lucide-react';
import { Button } from 'react-aria-components/Button';
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog';
import { Popover } from 'react-aria-components/Popover';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../start/use-formats.ts';
import { useWorking } from '../../start/use-working.ts';
import styles from './waiting-list.module.css';

/** The rule behind the order of the line, in words, with this branch's weights. */
export function OrderHelp() {
  const { t } = useTranslation('tickets');
  const formats = useFormats();
  const { queueRules } = useWorking().branch;
  return (
    <DialogTrigger>
      <Button className={styles.order ?? ''}>
        {t('order')}
        <Info size={14} aria-hidden />
      </Button>
      <Popover className={styles.help ?? ''} placement="bottom end" offset={4}>
        <Dialog aria-label={t('orderHelp')}>
          <p>
            {t('orderDetail', {
              appointment: formats.number(queueRules.appointmentWeight),
              preferente: formats.number(queueRules.preferenteWeight),
            })}
          </p>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
