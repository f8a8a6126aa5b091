import { useTranslation } from 'react-i18next';
import type { ErrorBody } from '../../protocol/error-codes.ts';

/** A refusal in the agent's language, with the server's particulars where it gave some. */
export function useErrorWords(): (error: Pick<ErrorBody, 'code' | 'detail'>) => string {
  const { t } = useTranslation('errors');
  return ({ code, detail }) => (detail === undefined || detail === '' ? t(code) : `${t(code)} ${detail}`);
}
