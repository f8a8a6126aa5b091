/** What the waiting room hears. */
export const voice = {
  call: 'Turno {{code}}, pase {{place}}.',
  letterThenNumber: '{{letter}}, {{number}}',
  masculinePlace: 'al {{place}}',
  femininePlace: 'a la {{place}}',
  otherPlace: 'a {{place}}',
} as const;
