import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeskAgent } from '../../bridge/facts.ts';
import { Button } from '../../web/ui/button.tsx';
import { ErrorState } from '../../web/ui/error-state.tsx';
import { TextField } from '../../web/ui/text-field.tsx';
import { useCall } from '../start/use-call.ts';
import { useErrorWords } from '../start/use-error-words.ts';
import { AgentCard } from './agent-card.tsx';
import styles from './sign-in.module.css';

export interface ChangePasswordFormProps {
  agent: DeskAgent;
  /** The one-time password just used, if this window has it. */
  current: string;
}

export function ChangePasswordForm({ agent, current: used }: ChangePasswordFormProps) {
  const { t } = useTranslation('signIn');
  const { t: workspaceText } = useTranslation('workspace');
  const errorWords = useErrorWords();
  const [current, setCurrent] = useState(used);
  const [next, setNext] = useState('');
  const [repeated, setRepeated] = useState('');
  const [isTried, setIsTried] = useState(false);
  const change = useCall('session.changePassword');
  const differs = repeated !== next;

  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setIsTried(true);
        if (current !== '' && next !== '' && !differs) void change.run({ current, next });
      }}
    >
      <AgentCard agent={agent} />
      <div className={styles.where}>
        <h1 className={styles.title}>{t('mustChangePassword')}</h1>
        <p className={styles.detail}>{t('newPasswordDetail')}</p>
        <TextField
          label={workspaceText('profile.currentPassword')}
          type="password"
          autoComplete="current-password"
          maxLength={256}
          value={current}
          onChange={setCurrent}
          error={isTried && current === '' ? t('passwordRequired') : undefined}
        />
        <TextField
          label={t('newPassword')}
          type="password"
          autoComplete="new-password"
          maxLength={256}
          autoFocus
          value={next}
          onChange={setNext}
          error={isTried && next === '' ? t('passwordRequired') : undefined}
        />
        <TextField
          label={t('repeatPassword')}
          type="password"
          autoComplete="new-password"
          maxLength={256}
          value={repeated}
          onChange={setRepeated}
          error={isTried && differs ? t('passwordsDiffer') : undefined}
        />
        {change.error !== null && (
          <div className={styles.error}>
            <ErrorState title={t('failed')}>{errorWords(change.error)}</ErrorState>
          </div>
        )}
        <div className={styles.foot}>
          <Button type="submit" variant="primary" size="large" shortcut="Enter">
            {t('changePassword')}
          </Button>
        </div>
      </div>
    </form>
  );
}
