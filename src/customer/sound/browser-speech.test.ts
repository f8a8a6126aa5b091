import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { browserSpeech, voiceFor } from './browser-speech.ts';

const voice = (name: string, lang: string, localService = true) => ({ name, lang, localService });

describe('voice', () => {
  it('[S2-55] is that of the country, else of the language', () => {
    const voices = [voice('Google', 'es-ES', false), voice('Paulina', 'es-MX'), voice('Soledad', 'es_CO')];
    expect(voiceFor(voices, 'es-CO')?.name).toBe('Soledad');
    expect(voiceFor(voices, 'es-AR')?.name).toBe('Paulina');
  });

  it('[S2-55] is none rather than one of another language', () => {
    expect(voiceFor([voice('Zira', 'en-US'), voice('Eszter', 'est-EE')], 'es-CO')).toBeNull();
  });
});

describe('speech of the browser', () => {
  class Utterance extends EventTarget {
    voice: unknown = null;
    lang = '';
    readonly text: string;

    constructor(text: string) {
      super();
      this.text = text;
    }
  }
  const spoken: Utterance[] = [];
  const cancel = vi.fn<() => void>();

  beforeEach(() => {
    vi.useFakeTimers();
    spoken.length = 0;
    cancel.mockClear();
    vi.stubGlobal('SpeechSynthesisUtterance', Utterance);
    vi.stubGlobal('speechSynthesis', {
      getVoices: () => [voice('Soledad', 'es-CO')],
      speak: (utterance: Utterance) => spoken.push(utterance),
      cancel,
    });
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it.each(['end', 'error'])("[S2-55] says the words and is done at the engine's %s", async (ending) => {
    const done = browserSpeech().speak({ text: 'Turno C, cero doce', locale: 'es-CO' });
    expect(spoken.map(({ text, lang }) => ({ text, lang }))).toEqual([{ text: 'Turno C, cero doce', lang: 'es-CO' }]);
    spoken[0]?.dispatchEvent(new Event(ending));
    await done;
  });

  it('[S2-55] stops an engine that never ends', async () => {
    const done = browserSpeech().speak({ text: 'Turno', locale: 'es-CO' });
    await vi.advanceTimersByTimeAsync(15_000);
    await done;
    expect(cancel).toHaveBeenCalledOnce();
  });

  it('[S2-55] is silent without a voice of the language, and without an engine', async () => {
    await browserSpeech().speak({ text: 'Senha', locale: 'pt-BR' });
    vi.stubGlobal('speechSynthesis', undefined);
    await browserSpeech().speak({ text: 'Turno', locale: 'es-CO' });
    expect(spoken).toEqual([]);
  });
});
