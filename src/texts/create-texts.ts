import { createInstance, type i18n } from 'i18next';
import { english } from './english.ts';
import { LANGUAGES, type Language } from './languages.ts';
import { portuguese } from './portuguese.ts';
import { spanish } from './spanish.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: typeof spanish;
  }
}

export { LANGUAGES, type Language };

/** The language of ours nearest to a BCP 47 tag: `pt-BR` is `pt`, an unknown one is `es`. */
export function languageOf(tag: string): Language {
  const primary = tag.toLowerCase().split('-')[0];
  return LANGUAGES.find((language) => language === primary) ?? 'es';
}

/** All words in one language, bundled: ready at once, no network. `changeLanguage` switches among the three. */
export function createTexts(language: Language): i18n {
  const texts = createInstance();
  void texts.init({
    lng: language,
    fallbackLng: 'es',
    supportedLngs: LANGUAGES,
    ns: Object.keys(spanish),
    defaultNS: 'common',
    resources: { es: spanish, pt: portuguese, en: english },
    initAsync: false,
    // React escapes; documents and voice take the words as they are.
    interpolation: { escapeValue: false },
  });
  return texts;
}
