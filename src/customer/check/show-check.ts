import { receiptLines, receiptWords } from '../../documents/receipt-lines.ts';
import type { SignedStatement } from '../../protocol/video/receipt.ts';
import type { Language } from '../../texts/languages.ts';
import { isSigned, type CarriedReceipt, type CheckResult } from './check-receipt.ts';

/** Shows what a check has found. What comes from a receipt is text and nothing else. */
export function showCheck(
  page: HTMLElement,
  language: Language,
  found: CheckResult | { state: 'empty' },
  carried: CarriedReceipt | null,
): void {
  const words = receiptWords(language);
  const { check } = words;
  document.documentElement.lang = language;
  document.title = check.title;
  const main = element('main');
  main.append(element('h1', check.title), verdictOf(found, check));
  // The verdict first: lines of an altered receipt may be none that can be shown.
  page.replaceChildren(main);
  if ('signed' in found) {
    main.append(summaryOf(found.signed, language), linesOf(found.signed, language));
    if (found.state === 'good') main.append(...textPart(found, carried?.text, words));
  }
  main.append(element('p', check.offline));
}

type CheckWords = ReturnType<typeof receiptWords>['check'];

function verdictOf(found: CheckResult | { state: 'empty' }, check: CheckWords): HTMLElement {
  const isBad = found.state === 'good' && found.text === 'bad';
  const verdict = element('section');
  verdict.setAttribute('role', 'status');
  verdict.dataset['state'] = isBad ? 'bad' : found.state;
  if (found.state === 'good') {
    verdict.append(element('h2', isBad ? check.textBad : check.good));
    if (!isBad) verdict.append(element('p', check.goodDetail));
  } else if (found.state === 'bad') verdict.append(element('h2', check.bad), element('p', check.badDetail));
  else if (found.state === 'unknownKey') verdict.append(element('h2', check.bad), element('p', check.unknownKey));
  else verdict.append(element('h2', check[found.state]));
  return verdict;
}

function summaryOf({ statement }: SignedStatement, language: Language): HTMLElement {
  const words = receiptWords(language);
  const summary = element('p');
  summary.append(
    element('strong', words.act[statement.act]),
    ` · ${words.folio.replace('{{folio}}', statement.folio)}`,
  );
  return summary;
}

function linesOf(signed: SignedStatement, language: Language): HTMLElement {
  const list = element('dl');
  for (const { label, value, isCode } of receiptLines(signed, language)) {
    const shown = element('dd', value);
    if (isCode) shown.dataset['code'] = '';
    list.append(element('dt', label), shown);
  }
  return list;
}

/** The text that was shown, or where to paste it. */
function textPart(
  found: Extract<CheckResult, { state: 'good' }>,
  text: string | undefined,
  words: ReturnType<typeof receiptWords>,
): HTMLElement[] {
  const { check, shownText } = words;
  if (text !== undefined) {
    const shown = element('pre', text);
    return [element('h2', shownText), element('p', found.text === 'good' ? check.textGood : check.textBad), shown];
  }
  const answer = element('p', check.textMissing);
  answer.setAttribute('role', 'status');
  const label = element('label', check.textLabel);
  const field = document.createElement('textarea');
  field.rows = 8;
  field.addEventListener('input', () => {
    if (field.value.trim() === '') {
      answer.textContent = check.textMissing;
      return;
    }
    const value = field.value;
    void isSigned(value, found.signed).then((isSame) => {
      if (field.value === value) answer.textContent = isSame ? check.textGood : check.textBad;
    });
  });
  label.append(field);
  return [element('h2', shownText), label, answer];
}

function element<Name extends keyof HTMLElementTagNameMap>(name: Name, text?: string): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  return made;
}
