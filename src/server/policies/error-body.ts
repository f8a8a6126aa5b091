import type { ErrorBody } from '../../protocol/error-codes.ts';
import { languageOf, LANGUAGES, type Language } from '../../texts/create-texts.ts';
import { english } from '../../texts/english.ts';
import { portuguese } from '../../texts/portuguese.ts';
import { spanish } from '../../texts/spanish.ts';
import { isRetryable } from './error-status.ts';
import type { Refusal } from './refusal.ts';

const fileTypes = {
  es: spanish.refusals.fileType,
  pt: portuguese.refusals.fileType,
  en: english.refusals.fileType,
};
const titles = { es: spanish.errors, pt: portuguese.errors, en: english.errors };

/** A refusal in the words of whoever asked. */
export function errorBody(refusal: Refusal, asker: { language: Language; requestId: string }): ErrorBody {
  const { code, details } = refusal;
  const detail = detailOf(asker.language, details.values);
  return {
    code,
    title: titles[asker.language][code],
    ...(detail !== null && { detail }),
    ...(details.field !== undefined && { field: details.field }),
    retryable: isRetryable(code),
    requestId: asker.requestId,
  };
}

/** Who holds it, where the text breaks off, what is allowed. */
function detailOf(language: Language, values: Record<string, string | number> = {}): string | null {
  const { holder, position, expected, offset, detected, allowed } = values;
  if (holder !== undefined) return String(holder);
  if (offset !== undefined) return String(offset);
  if (detected !== undefined) {
    const words: Record<string, unknown> = { detected, allowed };
    return fileTypes[language].replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => String(words[name]));
  }
  if (position !== undefined) return `JSON: ${position}`;
  return expected === undefined ? null : String(expected);
}

/** The first language of `Accept-Language` that we speak, by weight; Spanish for everybody else. */
export function askedLanguage(acceptLanguage: string | undefined): Language {
  const tags = (acceptLanguage ?? '')
    .split(',')
    .slice(0, 20)
    .map((entry) => {
      const [tag = '', weight] = entry.trim().split(';q=');
      return { tag, weight: weight === undefined ? 1 : Number(weight) || 0 };
    })
    .filter(({ tag, weight }) => weight > 0 && LANGUAGES.some((language) => tag.toLowerCase().startsWith(language)))
    .toSorted((one, other) => other.weight - one.weight);
  return languageOf(tags[0]?.tag ?? '');
}
