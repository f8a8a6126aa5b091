import type { SignedStatement } from '../protocol/video/receipt.ts';
import type { Language } from '../texts/languages.ts';
import { receipt as en } from '../texts/en/receipt.ts';
import { receipt as es } from '../texts/es/receipt.ts';
import { receipt as pt } from '../texts/pt/receipt.ts';

const texts = { es, pt, en };
export const receiptWords = (language: Language) => texts[language];
export type ReceiptWords = ReturnType<typeof receiptWords>;

export interface ReceiptLine {
  label: string;
  value: string;
  /** A hash or a signature: shown in small. */
  isCode?: true;
}

/** What a receipt says, line by line, in words. Both hours: of the branch for people, UTC as it was signed. */
export function receiptLines({ statement: said, key, signature }: SignedStatement, language: Language): ReceiptLine[] {
  const { field, channel, button, cause, yes, no } = receiptWords(language);
  const when = (at: string): string => `${localTime(at, said.timeZone, language)} (${at})`;
  const lines: (ReceiptLine | null)[] = [
    { label: field.company, value: said.company },
    { label: field.branch, value: said.branch },
    { label: field.service, value: said.service },
    { label: field.turnCode, value: said.turnCode },
    { label: field.agent, value: said.module === null ? said.agent : `${said.agent} · ${said.module}` },
    { label: field.channel, value: channel[said.channel] },
    { label: field.document, value: said.title },
    { label: field.version, value: said.version },
    { label: field.language, value: said.language },
    { label: field.required, value: said.isRequired ? yes : no },
    { label: field.askedAt, value: when(said.askedAt) },
    { label: field.openedAt, value: said.openedAt === null ? no : when(said.openedAt) },
    { label: field.readAt, value: said.readAt === null ? no : when(said.readAt) },
    said.button === null ? null : { label: field.button, value: button[said.button] },
    said.cause === null ? null : { label: field.cause, value: cause[said.cause] },
    said.withdraws === null ? null : { label: field.withdraws, value: said.withdraws },
    { label: field.at, value: when(said.at) },
    { label: field.timeZone, value: said.timeZone },
    { label: field.sequence, value: `${said.sequence} · ${said.journal}`, isCode: true },
    { label: field.textHash, value: said.textSha256, isCode: true },
    { label: field.previousHash, value: said.previous, isCode: true },
    { label: field.signature, value: signature, isCode: true },
    { label: field.key, value: key, isCode: true },
  ];
  return lines.filter((line) => line !== null);
}

const localTime = (at: string, timeZone: string, language: Language): string =>
  new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(at));
