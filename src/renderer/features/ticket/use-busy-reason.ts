import { useTranslation } from 'react-i18next';
import { useDeskState } from '../../start/desk-context.ts';

/** Why nobody else can be called or attended now; undefined while the agent is free. */
export function useBusyReason(): string | undefined {
  const { t } = useTranslation('errors');
  return useDeskState(({ current }) => (current?.ticket ? t('BUSY_AGENT') : undefined));
}
