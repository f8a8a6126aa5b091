import type { i18n } from 'i18next';
import { createTexts, type Language } from '../texts/create-texts.ts';

const made = new Map<Language, i18n>();

/** The words of one language, made once. */
export function textsIn(language: Language): i18n {
  const texts = made.get(language) ?? createTexts(language);
  made.set(language, texts);
  return texts;
}
