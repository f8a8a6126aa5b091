import { useTranslation } from 'react-i18next';
import { Volume2 } from 'lucide-react';
import { LANGUAGES } from '../../../texts/create-texts.ts';
import { Button } from '../../../web/ui/button.tsx';
import { Dialog } from '../../../web/ui/dialog.tsx';
import { Segmented } from '../../../web/ui/segmented.tsx';
import { useDeskServices, useDeskState } from '../../start/desk-context.ts';
import { useCall } from '../../start/use-call.ts';
import { ActError } from '../ticket/act-error.tsx';

const THEMES = ['system', 'light', 'dark'] as const;
const VOLUMES = { off: 0, low: 0.3, medium: 0.6, high: 1 };
type Volume = keyof typeof VOLUMES;

/** Theme, language and the volume of calls: of this agent at this desk. Applied as they are chosen. */
export function PreferencesDialog() {
  const { t } = useTranslation('workspace');
  const { t: common } = useTranslation('common');
  const { playChime } = useDeskServices();
  const close = useDeskState((state) => state.closeDialog);
  const preferences = useDeskState((state) => state.preferences);
  const set = useCall('preferences.set', { mayOverlap: true });
  if (preferences === null) return null;
  return (
    <Dialog
      isOpen
      onClose={close}
      title={t('user.preferences')}
      footer={
        <Button autoFocus onPress={close}>
          {common('close')}
        </Button>
      }
    >
      <Segmented
        label={t('user.theme')}
        options={THEMES.map((theme) => ({ value: theme, label: t(`user.themes.${theme}`) }))}
        value={preferences.theme}
        onChange={(theme) => void set.run({ ...preferences, theme })}
      />
      <Segmented
        label={common('language')}
        options={LANGUAGES.map((language) => ({ value: language, label: common(`languages.${language}`) }))}
        value={preferences.language}
        onChange={(language) => void set.run({ ...preferences, language })}
      />
      <Segmented
        label={t('user.volume')}
        options={(Object.keys(VOLUMES) as Volume[]).map((volume) => ({
          value: volume,
          label: t(`user.volumes.${volume}`),
        }))}
        value={volumeOf(preferences.soundVolume)}
        onChange={(volume) => {
          void set.run({ ...preferences, soundVolume: VOLUMES[volume] });
          playChime(VOLUMES[volume]);
        }}
      />
      <div>
        <Button
          size="small"
          icon={<Volume2 size={16} aria-hidden />}
          isDisabled={preferences.soundVolume === 0}
          onPress={() => playChime(preferences.soundVolume)}
        >
          {t('user.testSound')}
        </Button>
      </div>
      <ActError error={set.error} />
    </Dialog>
  );
}

/** The named volume nearest to a number. */
function volumeOf(volume: number): Volume {
  const names = Object.keys(VOLUMES) as Volume[];
  return names.reduce((best, name) =>
    Math.abs(VOLUMES[name] - volume) < Math.abs(VOLUMES[best] - volume) ? name : best,
  );
}
