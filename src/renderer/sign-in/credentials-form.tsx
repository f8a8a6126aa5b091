import { useState } from 'react';
import { CloudOff, Eye, EyeOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { SessionFact } from '../../bridge/facts.ts';
import { Button } from '../../web/ui/button.tsx';
import { ErrorState } from '../../web/ui/error-state.tsx';
import { IconButton } from '../../web/ui/icon-button.tsx';
import { TextField } from '../../web/ui/text-field.tsx';
import { useDeskState } from '../start/desk-context.ts';
import { useCall } from '../start/use-call.ts';
import { useErrorWords } from '../start/use-error-words.ts';
import { EndedNotice } from './ended-notice.tsx';
import styles from './sign-in.module.css';

export interface CredentialsFormProps {
  session: Extract<SessionFact, { state: 'signedOut' }>;
  password: string;
  onPassword: (password: string) => void;
}

export function CredentialsForm({ session, password, onPassword }: CredentialsFormProps) {
  const { t } = useTranslation('signIn');
  const errorWords = useErrorWords();
  const isDown = useDeskState(({ line }) => line?.state === 'down');
  const lastEmail = session.lastAgentEmails[0] ?? '';
  const [email, setEmail] = useState<string | null>(null);
  const [isShown, setIsShown] = useState(false);
  const [isTried, setIsTried] = useState(false);
  const signIn = useCall('session.signIn');
  const written = email ?? lastEmail;
  const whoMayComeIn =
    lastEmail === '' ? t('offlineNobody') : t('offlineAllowed', { emails: session.lastAgentEmails.join(', ') });

  const submit = (): void => {
    setIsTried(true);
    if (written.trim() === '' || password === '') return;
    void signIn.run({ email: written.trim(), password });
  };

  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div className={styles.who} data-surface="frame">
        <TextField
          label={t('email')}
          type="email"
          inputMode="email"
          autoComplete="username"
          spellCheck="false"
          maxLength={254}
          autoFocus={lastEmail === ''}
          value={written}
          onChange={setEmail}
          error={isTried && written.trim() === '' ? t('emailRequired') : undefined}
        />
        <TextField
          label={t('password')}
          type={isShown ? 'text' : 'password'}
          autoComplete="current-password"
          spellCheck="false"
          maxLength={256}
          autoFocus={lastEmail !== ''}
          value={password}
          onChange={onPassword}
          error={isTried && password === '' ? t('passwordRequired') : undefined}
          trailing={
            <IconButton
              size="small"
              label={t(isShown ? 'hidePassword' : 'showPassword')}
              onPress={() => setIsShown(!isShown)}
            >
              {isShown ? <EyeOff size={16} aria-hidden /> : <Eye size={16} aria-hidden />}
            </IconButton>
          }
        />
      </div>
      <div className={styles.where}>
        <h1 className={styles.title}>{t('title')}</h1>
        <p className={styles.detail}>{t('detail')}</p>
        <EndedNotice session={session} />
        {isDown && (
          <p className={styles.notice}>
            <CloudOff size={16} aria-hidden />
            <span>{`${t('serverDown')}. ${whoMayComeIn}`}</span>
          </p>
        )}
        {signIn.error !== null && (
          <div className={styles.error}>
            <ErrorState title={t('failed')}>{errorWords(signIn.error)}</ErrorState>
          </div>
        )}
        <div className={styles.foot}>
          <Button type="submit" variant="primary" size="large" shortcut="Enter">
            {t('submit')}
          </Button>
        </div>
      </div>
    </form>
  );
}
