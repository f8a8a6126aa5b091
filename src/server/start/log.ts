import { destination, pino, type DestinationStream, type Logger } from 'pino';
import { redact } from './redact.ts';

/** One JSON object a line, on standard error. Nobody's document, phone, e-mail, name nor any token gets there (trust T26). */
export function createLog(stream: DestinationStream = destination({ fd: 2, sync: true })): Logger {
  return pino(
    {
      base: null,
      timestamp: () => `,"at":"${new Date().toISOString()}"`,
      formatters: {
        level: (label) => ({ level: label }),
        // Errors lose what is not to be told before JSON.stringify sees them.
        log: (object) => redact(object) as Record<string, unknown>,
      },
      serializers: { err: (error: unknown) => error },
    },
    // The whole line once more: messages and what child loggers carry do not pass the formatter.
    { write: (line) => stream.write(`${JSON.stringify(redact(JSON.parse(line)))}\n`) },
  );
}

// PostgreSQL repeats rows and statements, with names in them, in these lines.
const TELLS_ROWS = /\b(?:DETAIL|STATEMENT|CONTEXT|QUERY):/;

/** Takes the lines of the embedded PostgreSQL over into the log. */
export function logPostgresLine(log: Logger, line: string): void {
  if (TELLS_ROWS.test(line)) return;
  if (/\b(?:FATAL|PANIC):/.test(line)) log.error({ source: 'postgres' }, line);
  else if (/\b(?:ERROR|WARNING):/.test(line)) log.warn({ source: 'postgres' }, line);
  else log.debug({ source: 'postgres' }, line);
}
