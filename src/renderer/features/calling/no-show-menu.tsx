import type { ReactNode } from 'react';
import { Ban, ChevronDown, ListRestart } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../web/ui/button.tsx';
import { MenuButton } from '../../../web/ui/menu-button.tsx';

export interface NoShowMenuProps {
  /** Why the menu cannot be opened now. */
  unavailable: string | undefined;
  icon: ReactNode;
  onChoose: (then: 'cancel' | 'requeue') => void;
}

/** "No se presenta" (S2-35): the ticket is closed or goes back to the line. */
export function NoShowMenu({ unavailable, icon, onChoose }: NoShowMenuProps) {
  const { t } = useTranslation('attention');
  const button = (
    <Button
      variant="dangerOutlined"
      size="large"
      icon={icon}
      trailingIcon={<ChevronDown size={16} aria-hidden />}
      unavailable={unavailable}
    >
      {t('noShow')}
    </Button>
  );
  if (unavailable !== undefined) return button;
  return (
    <MenuButton
      placement="bottom end"
      trigger={button}
      entries={[
        { id: 'cancel', label: t('cancelTicket'), icon: <Ban size={16} />, isDanger: true },
        { id: 'requeue', label: t('requeueTicket'), icon: <ListRestart size={16} /> },
      ]}
      onAction={onChoose}
    />
  );
}
