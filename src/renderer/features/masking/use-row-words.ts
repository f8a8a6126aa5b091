import { useTranslation } from 'react-i18next';
import type { TicketHeader } from '../../../protocol/ticket.ts';
import { maskedDocument } from '../../../texts/format-document.ts';
import { useIsOthers } from './use-is-others.ts';

/** The name and document of a list's row. While a screen is shared other customers have neither (trust T32). */
export function useRowWords(header: TicketHeader): { name: string; document: string } {
  const { t: common } = useTranslation('common');
  const { t } = useTranslation('videoCall');
  if (useIsOthers(header.id)) return { name: t('masking.name'), document: t('masking.document') };
  const { documentType, documentLast4, displayName } = header;
  const document = documentLast4 === null ? common('noDocument') : maskedDocument(documentType, documentLast4);
  return { name: displayName ?? common('noName'), document };
}
