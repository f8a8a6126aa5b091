import { Button } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';
import { callState } from '../../../domain/views/call-state.ts';
import { classNames } from '../../../web/ui/class-names.ts';
import { StatusWord } from '../../../web/ui/status-word.tsx';
import { useDeskState, useNow } from '../../start/desk-context.ts';
import { useFormats } from '../../start/use-formats.ts';
import { TicketRow } from '../ticket/ticket-row.tsx';
import styles from './in-hand.module.css';

/** "En curso": the ticket being called or attended, pinned above the lists. */
export function InHand() {
  const { t } = useTranslation('tickets');
  const { t: stateName } = useTranslation('states');
  const formats = useFormats();
  const now = useNow();
  const header = useDeskState(({ current }) => current?.ticket?.header);
  const isOpened = useDeskState(({ openedTicketId }) => openedTicketId === null);
  const openTicket = useDeskState((state) => state.openTicket);
  const state = header && callState(header);
  if (!header || !state) return null;
  const since = state === 'calling' ? header.lastCalledAt : header.attendingSince;
  return (
    <div className={styles.inHand}>
      <h2 className={styles.head}>{t('inHand')}</h2>
      <Button
        className={classNames(styles.row, styles[state])}
        render={(props) => <button {...props} type="button" aria-current={isOpened} />}
        onPress={() => openTicket(null)}
      >
        <TicketRow header={header} figure={formats.timer(now - (since ?? now))} tone={state}>
          <StatusWord status={state}>{stateName(`ticket.${state}`)}</StatusWord>
        </TicketRow>
      </Button>
    </div>
  );
}
