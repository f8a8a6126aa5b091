import type { Language } from '../../texts/create-texts.ts';
import { common as englishCommon } from '../../texts/en/common.ts';
import { guestVideo as english } from '../../texts/en/guest-video.ts';
import { common as spanishCommon } from '../../texts/es/common.ts';
import { guestVideo as spanish } from '../../texts/es/guest-video.ts';
import { common as portugueseCommon } from '../../texts/pt/common.ts';
import { guestVideo as portuguese } from '../../texts/pt/guest-video.ts';

const WORDS = {
  es: { ...spanish, demo: spanishCommon.demo, unknown: spanishCommon.unknown },
  pt: { ...portuguese, demo: portugueseCommon.demo, unknown: portugueseCommon.unknown },
  en: { ...english, demo: englishCommon.demo, unknown: englishCommon.unknown },
} satisfies Record<Language, unknown>;

export type VideoWords = ReturnType<typeof videoWords>;

/** The words of a guest's page, without the library that the larger pages use. */
export function videoWords(language: Language) {
  return { ...WORDS[language], language };
}
