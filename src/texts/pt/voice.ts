import type { voice as spanish } from '../es/voice.ts';
import type { Translated } from '../translated.ts';

export const voice: Translated<typeof spanish> = {
  call: 'Senha {{code}}, dirija-se {{place}}.',
  letterThenNumber: '{{letter}}, {{number}}',
  masculinePlace: 'ao {{place}}',
  femininePlace: 'à {{place}}',
  otherPlace: 'a {{place}}',
};
