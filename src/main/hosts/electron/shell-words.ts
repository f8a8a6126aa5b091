import type { TFunction } from 'i18next';
import { createTexts, type Language } from '../../../texts/create-texts.ts';

/** The words of the shell, with those of the states as the screens have them. */
export type ShellWords = TFunction<['shell', 'states']>;

const texts = createTexts('es');

export function shellWords(language: Language): ShellWords {
  return texts.getFixedT(language, ['shell', 'states']);
}
