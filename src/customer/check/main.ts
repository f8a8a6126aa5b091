import type { EvidenceKey } from '../../protocol/video/receipt.ts';
import { LANGUAGES, type Language } from '../../texts/languages.ts';
import style from './check.css?inline';
import { checkReceipt, readReceipt, unpackReceipt } from './check-receipt.ts';
import { showCheck } from './show-check.ts';

// A sheet that a script makes needs no permission of the page's policy.
const sheet = new CSSStyleSheet();
sheet.replaceSync(style);
document.adoptedStyleSheets = [sheet];

const language: Language =
  navigator.languages
    .map((tag) => LANGUAGES.find((each) => tag.toLowerCase().startsWith(each)))
    .find((each) => each !== undefined) ?? 'es';

const jsonIn = (id: string): string | null => document.getElementById(id)?.textContent ?? null;

async function run(): Promise<void> {
  const page = document.getElementById('page');
  if (!page) return;
  const saved = jsonIn('receipt');
  const fragment = location.hash.slice(1);
  if (saved === null && fragment === '') return showCheck(page, language, { state: 'empty' }, null);
  const keys = JSON.parse(jsonIn('keys') ?? '[]') as EvidenceKey[];
  const carried = saved === null ? await unpackReceipt(fragment) : readReceipt(saved);
  const found = carried ? await checkReceipt(carried, keys) : ({ state: 'unreadable' } as const);
  showCheck(page, language, found, carried);
}

window.addEventListener('hashchange', () => void run());
void run();
