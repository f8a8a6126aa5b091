import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { createFormats, type Formats } from '../../texts/create-formats.ts';
import { languageOf } from '../../texts/create-texts.ts';
import { useDeskState } from './desk-context.ts';

/** How hours and figures are written: by the company's locale, in the branch's zone, in the agent's language. */
export function useFormats(): Formats {
  const { i18n } = useTranslation();
  const locale = useDeskState(({ session }) => (session?.state === 'working' ? session.locale : i18n.language));
  const timeZone = useDeskState(({ session }) =>
    session?.state === 'working' ? session.branch.timeZone : Intl.DateTimeFormat().resolvedOptions().timeZone,
  );
  const language = languageOf(i18n.language);
  return useMemo(() => createFormats({ locale, timeZone, language }), [locale, timeZone, language]);
}
