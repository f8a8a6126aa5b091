import type { voice as spanish } from '../es/voice.ts';
import type { Translated } from '../translated.ts';

export const voice: Translated<typeof spanish> = {
  call: 'Ticket {{code}}, please go {{place}}.',
  letterThenNumber: '{{letter}}, {{number}}',
  masculinePlace: 'to {{place}}',
  femininePlace: 'to {{place}}',
  otherPlace: 'to {{place}}',
};
