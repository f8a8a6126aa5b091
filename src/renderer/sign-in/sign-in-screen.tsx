import { useTranslation } from 'react-i18next';
import type { SessionFact } from '../../bridge/facts.ts';
import { Chip } from '../../web/ui/chip.tsx';
import { Mark } from '../start/mark.tsx';
import { ChangePasswordForm } from './change-password-form.tsx';
import { CredentialsForm } from './credentials-form.tsx';
import { DeskNotReset } from './desk-not-reset.tsx';
import { SeatForm } from './seat-form.tsx';
import { SignInFoot } from './sign-in-foot.tsx';
import styles from './sign-in.module.css';
import { useState } from 'react';

export interface SignInScreenProps {
  session: Exclude<SessionFact, { state: 'working' }>;
}

/** Who comes in (ink half) and where they sit (paper half). */
export function SignInScreen({ session }: SignInScreenProps) {
  const { t } = useTranslation('common');
  // Kept for the change of a one-time password, which asks for it again; gone with this screen.
  const [password, setPassword] = useState('');
  const isDemo = session.state === 'choosingSeat' && session.isDemo;
  return (
    <div className={styles.screen}>
      <main className={styles.middle}>
        <div className={styles.card}>
          <div className={styles.brand} data-surface="frame">
            <Mark size={26} />
            <span className={styles.product}>{t('product')}</span>
            {isDemo && <Chip status="signal">{t('demo')}</Chip>}
          </div>
          {session.state === 'signedOut' &&
            (session.cause === 'deskNotReset' ? (
              <DeskNotReset session={session} />
            ) : (
              <CredentialsForm session={session} password={password} onPassword={setPassword} />
            ))}
          {session.state === 'changingPassword' && <ChangePasswordForm agent={session.agent} current={password} />}
          {session.state === 'choosingSeat' && <SeatForm session={session} />}
          {session.state === 'starting' && <div className={styles.who} data-surface="frame" />}
        </div>
      </main>
      <SignInFoot />
    </div>
  );
}
