import type { i18n } from 'i18next';
import { languageOf, type Language } from './create-texts.ts';
import { numberWords } from './number-words.ts';

/** First words of places that take a masculine or a feminine article, in Spanish and Portuguese. */
const MASCULINE = /^(módulo|puesto|mostrador|consultorio|escritorio|guichê|caixa|balcão|posto|consultório)(?=\s|$)/i;
const FEMININE = /^(caja|ventanilla|mesa|sala|taquilla|oficina|cabina)(?=\s|$)/i;

/**
 * What the voice says for a call: "Turno C, cero doce, pase al módulo dos." Numbers are words, so that no engine reads
 * "012" as twelve or a code as a year.
 */
export function spokenCall(call: { code: string; moduleName: string }, texts: i18n): string {
  const language = languageOf(texts.language);
  const t = texts.getFixedT(language, 'voice');
  const [letter = '', digits = ''] = call.code.split('-');
  const code = t('letterThenNumber', { letter, number: spokenDigits(digits, language) });
  const place = call.moduleName.replace(/\d+/g, (number) => spokenDigits(number, language));
  if (MASCULINE.test(place)) return t('call', { code, place: t('masculinePlace', { place: uncapitalised(place) }) });
  if (FEMININE.test(place)) return t('call', { code, place: t('femininePlace', { place: uncapitalised(place) }) });
  return t('call', { code, place: t('otherPlace', { place }) });
}

/** Leading zeros are read one by one, the rest as one number: "012" is "cero doce". */
function spokenDigits(digits: string, language: Language): string {
  const [, zeros = '', rest = ''] = /^(0*)(\d*)$/.exec(digits) ?? [];
  const words = Array.from(zeros, () => numberWords(0, language));
  if (rest !== '') words.push(numberWords(Number(rest), language));
  return words.join(' ');
}

function uncapitalised(words: string): string {
  return words.charAt(0).toLocaleLowerCase() + words.slice(1);
}
