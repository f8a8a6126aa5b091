import { useTranslation } from 'react-i18next';
import type { Readiness } from '../../../protocol/video/readiness.ts';

/** Why a guest is not ready, or that they are: "Sin permiso de micrófono". */
export function useReadinessWords(): (readiness: Pick<Readiness, 'cause'>) => string {
  const { t } = useTranslation('tickets');
  return ({ cause }) => (cause === null ? t('readiness.ready') : t(`readiness.cause.${cause}`));
}
