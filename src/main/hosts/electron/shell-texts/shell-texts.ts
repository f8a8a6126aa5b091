import type { Preferences } from '../../../../bridge/facts.ts';
import { states as englishStates } from '../../../../texts/en/states.ts';
import { states as spanishStates } from '../../../../texts/es/states.ts';
import { states as portugueseStates } from '../../../../texts/pt/states.ts';
import { english } from './english.ts';
import { portuguese } from './portuguese.ts';
import { spanish } from './spanish.ts';

const texts = {
  es: { ...spanish, states: spanishStates },
  pt: { ...portuguese, states: portugueseStates },
  en: { ...english, states: englishStates },
} as const;

/** The words of the shell, with those of the states as the screens have them. */
export type ShellTexts = (typeof texts)['pt'];

export function shellTexts(language: Preferences['language']): ShellTexts {
  return texts[language];
}
