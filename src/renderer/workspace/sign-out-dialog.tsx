import { useTranslation } from 'react-i18next';
import { Button } from '../../web/ui/button.tsx';
import { Dialog } from '../../web/ui/dialog.tsx';
import { ActError } from '../features/ticket/act-error.tsx';
import { SlowAnswer } from '../features/ticket/slow-answer.tsx';
import { useDeskState } from '../start/desk-context.ts';
import { useCall } from '../start/use-call.ts';

/** "Cerrar sesión" (S2-52); not while a ticket is called or attended (S2-53). */
export function SignOutDialog() {
  const { t } = useTranslation('workspace');
  const { t: common } = useTranslation('common');
  const close = useDeskState((state) => state.closeDialog);
  const code = useDeskState(({ current }) => current?.ticket?.header.turnCode);
  const pending = useDeskState(({ outbox }) => outbox?.pending.length ?? 0);
  const signOut = useCall('session.signOut');
  const isBlocked = code !== undefined;
  return (
    <Dialog
      isOpen
      onClose={close}
      title={t('user.signOutTitle')}
      footer={
        <>
          <SlowAnswer isRunning={signOut.isRunning} />
          <Button onPress={close}>{common(isBlocked ? 'close' : 'cancel')}</Button>
          {!isBlocked && (
            <Button variant="primary" autoFocus onPress={() => void signOut.run({})}>
              {t('user.signOut')}
            </Button>
          )}
        </>
      }
    >
      <p>{isBlocked ? t('user.signOutBlocked', { code }) : t('user.signOutDetail')}</p>
      {!isBlocked && pending > 0 && <p>{t('user.signOutPending', { count: pending })}</p>}
      <ActError error={signOut.error} />
    </Dialog>
  );
}
