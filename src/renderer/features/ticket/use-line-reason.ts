import { useTranslation } from 'react-i18next';
import { useDeskState } from '../../start/desk-context.ts';

/** "Requiere conexión" while the line is away; undefined while it is up. */
export function useLineReason(): string | undefined {
  const { t } = useTranslation('common');
  return useDeskState(({ line }) => (line !== null && line.state !== 'up' ? t('needsLine') : undefined));
}
