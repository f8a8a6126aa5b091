import { Camera, LogOut, Settings2 } from 'lucide-react';
import { Button } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';
import { Initials } from '../../web/ui/initials.tsx';
import { MenuButton } from '../../web/ui/menu-button.tsx';
import { useDeskState } from '../start/desk-context.ts';
import { useWorking } from '../start/use-working.ts';
import styles from './user-menu.module.css';

export function UserMenu() {
  const { t } = useTranslation('workspace');
  const { t: stateName } = useTranslation('states');
  const { agent } = useWorking();
  const openDialog = useDeskState((state) => state.openDialog);
  const name = `${agent.firstName} ${agent.lastName}`.trim();
  return (
    // The letters lie under the button: they are no part of its name.
    <div className={styles.user}>
      <Initials name={name} size={32} isPortrait />
      <MenuButton
        placement="bottom end"
        trigger={<Button aria-label={t('bar.user')} className={styles.button ?? ''} />}
        head={
          <>
            <strong className={styles.name}>{name}</strong>
            <br />
            {`${stateName(`role.${agent.role}`)} · ${agent.email}`}
          </>
        }
        entries={[
          { id: 'preferences', label: t('user.preferences'), icon: <Settings2 size={16} /> },
          { id: 'videoSettings', label: t('user.devices'), icon: <Camera size={16} /> },
          { id: 'signOut', label: t('user.signOut'), icon: <LogOut size={16} /> },
        ]}
        onAction={(id) => openDialog({ type: id })}
      />
    </div>
  );
}
