import { destination, pino, type DestinationStream, type Logger } from 'pino';

/** Keys under which nothing is ever written to the log (trust T26), whatever stands there. */
const SECRET_KEYS =
  /password|secret|token|authorization|document|phone|e-?mail|name|text|search|comment|body|input|frame/i;
const SECRET_VALUES: readonly RegExp[] = [
  /\b(?:Bearer|Device)\s+[\w.~+/=-]{8,}/g,
  /[\w.%+-]+@[\w-]+(?:\.[\w-]+)+/g,
  /#key=[\w-]+/g,
  /(?<![\w/-])[\w-]{40,}(?![\w/-])/g,
];
const HIDDEN = '[hidden]';

/** The desk's log: one JSON object a line, on standard error. Nobody's data and no key gets there. */
export function createLog(stream: DestinationStream = destination({ fd: 2, sync: true })): Logger {
  return pino(
    {
      base: null,
      level: 'info',
      timestamp: () => `,"at":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: plainError },
    },
    { write: (line) => stream.write(`${JSON.stringify(hidden(JSON.parse(line)))}\n`) },
  );
}

function plainError(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const { code } = error as { code?: unknown };
  return {
    type: error.constructor.name,
    message: error.message,
    stack: error.stack,
    ...(typeof code === 'string' && { code }),
  };
}

function hidden(value: unknown, key = ''): unknown {
  if (SECRET_KEYS.test(key)) return HIDDEN;
  if (typeof value === 'string') return SECRET_VALUES.reduce((text, pattern) => text.replace(pattern, HIDDEN), value);
  if (Array.isArray(value)) return value.map((each) => hidden(each));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, hidden(each, name)]));
}
