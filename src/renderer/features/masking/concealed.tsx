import { Eye, EyeOff } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../web/ui/button.tsx';
import type { TicketId } from '../../../protocol/ids.ts';
import styles from './concealed.module.css';
import { useIsOthers } from './use-is-others.ts';

export interface ConcealedProps {
  children: ReactNode;
  /** Whose it is: the customer of this ticket may see it. Absent for what is others' altogether. */
  ticketId?: TicketId;
  /** In view from the start: nothing is written there yet. */
  isEmpty?: boolean;
}

/** What is not the customer's who looks on: while a screen is shared it is there only after a press (trust T32, SPEC MK3). */
export function Concealed({ children, ticketId, isEmpty = false }: ConcealedProps) {
  return useIsOthers(ticketId) ? <Shared isShownAtFirst={isEmpty}>{children}</Shared> : children;
}

function Shared({ children, isShownAtFirst }: { children: ReactNode; isShownAtFirst: boolean }) {
  const { t } = useTranslation('videoCall');
  const [isShown, setIsShown] = useState(isShownAtFirst);
  return (
    <>
      <div className={styles.notice}>
        <span role="status">{t(isShown ? 'masking.shown' : 'masking.hidden')}</span>
        <Button
          size="small"
          aria-expanded={isShown}
          icon={isShown ? <EyeOff size={16} aria-hidden /> : <Eye size={16} aria-hidden />}
          onPress={() => setIsShown(!isShown)}
        >
          {t(isShown ? 'masking.hide' : 'masking.show')}
        </Button>
      </div>
      {isShown && children}
    </>
  );
}
