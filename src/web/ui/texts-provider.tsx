import type { ReactNode } from 'react';
import type { i18n } from 'i18next';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { I18nextProvider } from 'react-i18next';

export interface TextsProviderProps {
  /** Made by `createTexts`. */
  texts: i18n;
  children: ReactNode;
}

/** Words for our components and for React Aria's own announcements, in one language. Stands at every page's root. */
export function TextsProvider({ texts, children }: TextsProviderProps) {
  return (
    <I18nextProvider i18n={texts}>
      <I18nProvider locale={texts.language}>{children}</I18nProvider>
    </I18nextProvider>
  );
}
