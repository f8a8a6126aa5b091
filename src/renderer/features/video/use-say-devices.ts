import { useTranslation } from 'react-i18next';
import type { SayDevices } from '../../../web/ui/words/device-words.ts';

export function useSayDevices(): SayDevices {
  const { t } = useTranslation('mediaDevices');
  // Which values each word asks for is a matter of the texts; the texts' own test compares the languages.
  return (word, values = {}) => t(word, values as Record<'name' | 'device' | 'place' | 'used', string>);
}
