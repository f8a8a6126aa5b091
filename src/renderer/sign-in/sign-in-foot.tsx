import { ChevronUp, CloudCheck, CloudOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { LANGUAGES } from '../../texts/create-texts.ts';
import { Button } from '../../web/ui/button.tsx';
import { MenuButton } from '../../web/ui/menu-button.tsx';
import { useDeskState, useNow } from '../start/desk-context.ts';
import { useCall } from '../start/use-call.ts';
import { useFormats } from '../start/use-formats.ts';
import styles from './sign-in.module.css';

/** The line to the centre, the hour, and the language, before anybody is in. */
export function SignInFoot() {
  const { t } = useTranslation('signIn');
  const { t: common } = useTranslation('common');
  const line = useDeskState((state) => state.line);
  const preferences = useDeskState((state) => state.preferences);
  const setPreferences = useCall('preferences.set');
  const formats = useFormats();
  const now = useNow();
  return (
    <footer className={styles.bar}>
      {line !== null && (
        <span className={styles.barItem} role="status">
          {line.state === 'up' ? <CloudCheck size={14} aria-hidden /> : <CloudOff size={14} aria-hidden />}
          {t(line.state === 'up' ? 'serverUp' : 'serverDown')}
        </span>
      )}
      <span className={styles.barItem}>{`${formats.weekdayAndDate(now)}, ${formats.hour(now)}`}</span>
      {preferences !== null && (
        <div className={styles.barEnd}>
          <MenuButton
            placement="top start"
            trigger={
              <Button variant="quiet" size="small" trailingIcon={<ChevronUp size={14} aria-hidden />}>
                {common(`languages.${preferences.language}`)}
              </Button>
            }
            entries={LANGUAGES.map((language) => ({ id: language, label: common(`languages.${language}`) }))}
            onAction={(language) => void setPreferences.run({ ...preferences, language })}
          />
        </div>
      )}
    </footer>
  );
}
