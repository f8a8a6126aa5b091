import type { Language } from '../../texts/create-texts.ts';
import { common as englishCommon } from '../../texts/en/common.ts';
import { guestChat as englishChat } from '../../texts/en/guest-chat.ts';
import { guestFiles as englishFiles } from '../../texts/en/guest-files.ts';
import { guestVideo as english } from '../../texts/en/guest-video.ts';
import { mediaDevices as englishDevices } from '../../texts/en/media-devices.ts';
import { common as spanishCommon } from '../../texts/es/common.ts';
import { guestChat as spanishChat } from '../../texts/es/guest-chat.ts';
import { guestFiles as spanishFiles } from '../../texts/es/guest-files.ts';
import { guestVideo as spanish } from '../../texts/es/guest-video.ts';
import { mediaDevices as spanishDevices } from '../../texts/es/media-devices.ts';
import { common as portugueseCommon } from '../../texts/pt/common.ts';
import { guestChat as portugueseChat } from '../../texts/pt/guest-chat.ts';
import { guestFiles as portugueseFiles } from '../../texts/pt/guest-files.ts';
import { guestVideo as portuguese } from '../../texts/pt/guest-video.ts';
import { mediaDevices as portugueseDevices } from '../../texts/pt/media-devices.ts';

const WORDS = {
  es: {
    ...spanish,
    guestChat: spanishChat,
    guestFiles: spanishFiles,
    mediaDevices: spanishDevices,
    demo: spanishCommon.demo,
    unknown: spanishCommon.unknown,
  },
  pt: {
    ...portuguese,
    guestChat: portugueseChat,
    guestFiles: portugueseFiles,
    mediaDevices: portugueseDevices,
    demo: portugueseCommon.demo,
    unknown: portugueseCommon.unknown,
  },
  en: {
    ...english,
    guestChat: englishChat,
    guestFiles: englishFiles,
    mediaDevices: englishDevices,
    demo: englishCommon.demo,
    unknown: englishCommon.unknown,
  },
} satisfies Record<Language, unknown>;

export type VideoWords = ReturnType<typeof videoWords>;

/** The words of a guest's page, without the library that the larger pages use. */
export function videoWords(language: Language) {
  return { ...WORDS[language], language };
}
