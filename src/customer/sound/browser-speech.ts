import type { Speech } from './speech.ts';

/** An engine that never says that it has ended must not stop the calls after it. */
const LONGEST_SPEECH_MS = 15_000;

/** The browser's voices. Only one that speaks the language: Spanish words in an English voice are not understood. */
export function browserSpeech(): Speech {
  const synthesis = typeof speechSynthesis === 'undefined' ? null : speechSynthesis;
  // The first question makes some browsers load their voices.
  synthesis?.getVoices();
  return {
    speak: ({ text, locale }) =>
      new Promise((resolve) => {
        const voice = synthesis && voiceFor(synthesis.getVoices(), locale);
        if (!voice) {
          resolve();
          return;
        }
        const utterance = new SpeechSynthesisUtterance(text);
        utterance.voice = voice;
        utterance.lang = voice.lang;
        const end = (): void => {
          clearTimeout(limit);
          resolve();
        };
        const limit = setTimeout(() => {
          // Naming it here also keeps it from being collected before its `end`, which would then never come.
          utterance.removeEventListener('end', end);
          synthesis.cancel();
          resolve();
        }, LONGEST_SPEECH_MS);
        utterance.addEventListener('end', end);
        utterance.addEventListener('error', end);
        synthesis.speak(utterance);
      }),
  };
}

/** The voice of that country, else of that language; those of this machine first, for they need no network. */
export function voiceFor<Voice extends Pick<SpeechSynthesisVoice, 'lang' | 'localService'>>(
  voices: readonly Voice[],
  locale: string,
): Voice | null {
  const wanted = tagOf(locale);
  const language = wanted.split('-')[0] ?? '';
  const fit = ({ lang, localService }: Voice): number => (tagOf(lang) === wanted ? 2 : 0) + (localService ? 1 : 0);
  const speaking = voices.filter(({ lang }) => tagOf(lang).split('-')[0] === language);
  return speaking.toSorted((a, b) => fit(b) - fit(a))[0] ?? null;
}

/** Some engines write es_CO. */
function tagOf(locale: string): string {
  return locale.toLowerCase().replaceAll('_', '-');
}
