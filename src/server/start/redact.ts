import { isIP } from 'node:net';

const HIDDEN = '[hidden]';

/** Whatever stands under such a key is hidden, of whatever type (trust T26). */
const SECRET_KEY =
  /password|secret|token|authorization|cookie|credential|api_?key|databaseurl|document|phone|e?mail|first_?name|last_?name|display_?name|full_?name|search|answer|comment|note|(?<!con)text|body/i;

/** Ids of things, days and instants. */
const HARMLESS =
  /\b(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?:19|20)\d\d-[01]\d-[0-3]\d(?:[T ][\d:.]+Z?)?)(?![\w-])/gi;

const SECRET_VALUES: readonly [RegExp, string][] = [
  [/\b(postgres(?:ql)?:\/\/)[^\s@/]+@/gi, `$1${HIDDEN}@`],
  [/\b(Bearer|Device|Basic)\s+[\w.~+/=-]{8,}/gi, `$1 ${HIDDEN}`],
  [/[\w.%+-]+@[\w-]+(?:\.[\w-]+)+/g, HIDDEN],
  [/#(?:token|key)=[^\s"&]+/gi, `#token=${HIDDEN}`],
  // Keys of 256 bits in base64url or hexadecimal; longer than any word or name of ours.
  [/(?<![\w/-])[\w-]{40,}(?![\w/-])/g, HIDDEN],
];

/** Documents and phones as people write them: digits with dots, spaces or hyphens between. */
const NUMBER = /(?<![\w.:-])\+?\(?\d{1,4}\)?(?:[ .-]?\d{2,4}){1,5}(?:-[\dkK])?(?![\w:])/g;
const FEWEST_DIGITS = 6;

/** Hides documents, phones, addresses of e-mail and tokens inside a text. Ids, days and instants stay. */
export function redactText(text: string): string {
  let redacted = '';
  let from = 0;
  for (const found of text.matchAll(HARMLESS)) {
    redacted += hideValues(text.slice(from, found.index)) + found[0];
    from = found.index + found[0].length;
  }
  return redacted + hideValues(text.slice(from));
}

const hideValues = (text: string): string =>
  SECRET_VALUES.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), text).replace(
    NUMBER,
    (found) => (found.replace(/\D/g, '').length < FEWEST_DIGITS ? found : HIDDEN),
  );

/** A copy for the log: secrets hidden by key and by value, errors reduced to what tells where they arose. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth > 6) return '[deep]';
  if (value instanceof Error) return redactError(value, depth);
  if (value instanceof Date) return value;
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, redactUnder(key, item, depth + 1)]));
}

function redactUnder(key: string, value: unknown, depth: number): unknown {
  if (value == null) return value;
  if (SECRET_KEY.test(key)) return HIDDEN;
  // An address of four numbers could be a document with dots: only its own key tells.
  if (key === 'ip' && typeof value === 'string' && isIP(value) !== 0) return value;
  return redact(value, depth);
}

/** PostgreSQL puts whole rows into `detail` and `where`: only what is named here leaves the process. */
function redactError(error: Error, depth: number): object {
  const { code, constraint, table } = error as { code?: unknown; constraint?: unknown; table?: unknown };
  return {
    type: error.name,
    message: redactText(error.message),
    stack: redactText((error.stack ?? '').replace(error.message, '')).trim(),
    ...(typeof code === 'string' && { code }),
    ...(typeof constraint === 'string' && { constraint }),
    ...(typeof table === 'string' && { table }),
    ...(error.cause !== undefined && { cause: redact(error.cause, depth + 1) }),
  };
}
