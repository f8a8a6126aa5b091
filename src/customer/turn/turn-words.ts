import type { Language } from '../../texts/create-texts.ts';
import { common as englishCommon } from '../../texts/en/common.ts';
import { turn as english } from '../../texts/en/turn.ts';
import { common as spanishCommon } from '../../texts/es/common.ts';
import { turn as spanish } from '../../texts/es/turn.ts';
import { common as portugueseCommon } from '../../texts/pt/common.ts';
import { turn as portuguese } from '../../texts/pt/turn.ts';

const WORDS = {
  es: { ...spanish, demo: spanishCommon.demo, loading: spanishCommon.loading, unknown: spanishCommon.unknown },
  pt: {
    ...portuguese,
    demo: portugueseCommon.demo,
    loading: portugueseCommon.loading,
    unknown: portugueseCommon.unknown,
  },
  en: { ...english, demo: englishCommon.demo, loading: englishCommon.loading, unknown: englishCommon.unknown },
} satisfies Record<Language, unknown>;

export type TurnWords = ReturnType<typeof turnWords>;

/**
 * The words of a turn page: this subject alone, without the library that the larger pages use, for phones that pay for each
 * kilobyte.
 */
export function turnWords(language: Language) {
  const words = WORDS[language];
  return {
    ...words,
    language,
    /** "Faltan 3 personas" */
    ahead: (count: number): string => {
      if (count === 0) return words.ahead_zero;
      return filled(count === 1 ? words.ahead_one : words.ahead_other, { count });
    },
  };
}

/** The words with the values in place of `{{name}}`. */
export function filled(words: string, values: Record<string, string | number>): string {
  return words.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''));
}

/** The first language of the phone that is ours, else the company's. Tags are BCP 47. */
export function phoneLanguage(phone: readonly string[], company: string): Language {
  const tags = [...phone, company].map((tag) => tag.toLowerCase().split('-')[0]);
  const isOurs = (tag: string | undefined): tag is Language => tag !== undefined && Object.hasOwn(WORDS, tag);
  return tags.find(isOurs) ?? 'es';
}
