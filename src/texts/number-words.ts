import type { Language } from './create-texts.ts';

interface Words {
  /** 0 to 29 (20 to 29 only where they are one word). */
  small: string[];
  tens: string[];
  /** 100 to 900; the first is that of 101 to 199. */
  hundreds: string[];
  hundred: string;
  thousand: string;
  oneThousand: string;
  /** Between tens and units, between hundreds and the rest. */
  joinTens: string;
  joinHundreds: string;
}

const WORDS: Record<Language, Words> = {
  es: {
    small:
      'cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve'.split(
        ' ',
      ),
    tens: 'veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa'.split(' '),
    hundreds:
      'ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos'.split(
        ' ',
      ),
    hundred: 'cien',
    thousand: 'mil',
    oneThousand: 'mil',
    joinTens: ' y ',
    joinHundreds: ' ',
  },
  pt: {
    small:
      'zero um dois três quatro cinco seis sete oito nove dez onze doze treze catorze quinze dezesseis dezessete dezoito dezenove'.split(
        ' ',
      ),
    tens: 'vinte trinta quarenta cinquenta sessenta setenta oitenta noventa'.split(' '),
    hundreds: 'cento duzentos trezentos quatrocentos quinhentos seiscentos setecentos oitocentos novecentos'.split(' '),
    hundred: 'cem',
    thousand: 'mil',
    oneThousand: 'mil',
    joinTens: ' e ',
    joinHundreds: ' e ',
  },
  en: {
    small:
      'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
        ' ',
      ),
    tens: 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' '),
    hundreds: 'one two three four five six seven eight nine'.split(' ').map((word) => `${word} hundred`),
    hundred: 'one hundred',
    thousand: 'thousand',
    oneThousand: 'one thousand',
    joinTens: '-',
    joinHundreds: ' and ',
  },
};

/** A number read aloud, 0 to 99,999: the range of turn codes and modules. */
export function numberWords(value: number, language: Language): string {
  const words = WORDS[language];
  if (value >= 1_000) {
    const thousands = Math.floor(value / 1_000);
    const rest = value % 1_000;
    // Spanish shortens "uno" before "mil": veintiún mil, treinta y un mil.
    const count = numberWords(thousands, language);
    const shortened = language === 'es' ? count.replace(/veintiuno$/, 'veintiún').replace(/uno$/, 'un') : count;
    const head = thousands === 1 ? words.oneThousand : `${shortened} ${words.thousand}`;
    if (rest === 0) return head;
    const joint = language === 'es' || rest >= 100 ? ' ' : words.joinHundreds;
    return `${head}${joint}${numberWords(rest, language)}`;
  }
  if (value >= 100) {
    const rest = value % 100;
    if (value === 100) return words.hundred;
    const head = words.hundreds[Math.floor(value / 100) - 1] ?? '';
    return rest === 0 ? head : `${head}${words.joinHundreds}${numberWords(rest, language)}`;
  }
  const small = words.small[value];
  if (small !== undefined) return small;
  const head = words.tens[Math.floor(value / 10) - 2] ?? '';
  return value % 10 === 0 ? head : `${head}${words.joinTens}${words.small[value % 10]}`;
}
