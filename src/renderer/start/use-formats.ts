import { useTranslation } from 'react-i18next';
import { createFormats, type Formats, type FormatSettings } from '../../texts/create-formats.ts';
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
  return formatsFor({ locale, timeZone, language });
}

// Making a set costs milliseconds, and every row of a list asks for one: all of them share it.
const made = new Map<string, Formats>();
function formatsFor(settings: FormatSettings): Formats {
  const key = `${settings.locale} ${settings.timeZone} ${settings.language}`;
  const formats = made.get(key) ?? createFormats(settings);
  made.set(key, formats);
  return formats;
}
