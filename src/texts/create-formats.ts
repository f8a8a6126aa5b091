import type { Language } from './create-texts.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const MEGABYTE = 1_048_576;

export interface FormatSettings {
  /** BCP 47, of the company: order of day and month, separators. */
  locale: string;
  /** IANA name, of the branch. */
  timeZone: string;
  /** Language of the words: "Ayer", "jueves", "a". */
  language: Language;
}

export type Formats = ReturnType<typeof createFormats>;

const RANGE_WORD: Record<Language, string> = { es: 'a', pt: 'a', en: 'to' };

/** How hours, days, waits and figures are written. Instants and durations are whole milliseconds. */
export function createFormats({ locale, timeZone, language }: FormatSettings) {
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone } as const;
  const hourFormat = onceAsked(() => new Intl.DateTimeFormat(locale, clock));
  const hourWithSecondsFormat = onceAsked(() => new Intl.DateTimeFormat(locale, { ...clock, second: '2-digit' }));
  const dateFormat = onceAsked(
    () => new Intl.DateTimeFormat(locale, { day: '2-digit', month: '2-digit', year: 'numeric', timeZone }),
  );
  const weekdayFormat = onceAsked(() => new Intl.DateTimeFormat(language, { weekday: 'long', timeZone }));
  const longDateFormat = onceAsked(
    () => new Intl.DateTimeFormat(language, { weekday: 'long', day: 'numeric', month: 'long', timeZone }),
  );
  const dayKeyFormat = onceAsked(() => new Intl.DateTimeFormat('en-CA', { timeZone }));
  const relative = onceAsked(() => new Intl.RelativeTimeFormat(language, { numeric: 'auto' }));
  const numberFormat = onceAsked(() => new Intl.NumberFormat(locale));
  const tenthsFormat = onceAsked(() => new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }));

  const hour = (at: number): string => hourFormat().format(at);
  const date = (at: number): string => dateFormat().format(at);
  const daysBefore = (at: number, now: number): number =>
    Math.round((Date.parse(dayKeyFormat().format(now)) - Date.parse(dayKeyFormat().format(at))) / (24 * HOUR_MS));
  const otherDay = (at: number, now: number): string => {
    const parts = dateFormat().formatToParts(at);
    const year = parts.find((part) => part.type === 'year');
    if (
      !dateFormat()
        .formatToParts(now)
        .some((part) => part.type === 'year' && part.value === year?.value)
    )
      return date(at);
    const separator = parts.find((part) => part.type === 'literal')?.value ?? '/';
    return parts
      .filter((part) => part.type === 'day' || part.type === 'month')
      .map((part) => part.value)
      .join(separator);
  };

  /** "17 min"; from one hour "1 h 55". */
  const wait = (duration: number): string => {
    const minutes = Math.max(0, Math.floor(duration / MINUTE_MS));
    return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${pad(minutes % 60)}`;
  };

  return {
    /** "10:42", 24 hours. */
    hour,
    /** "10:42:07", for the status bar. */
    hourWithSeconds: (at: number): string => hourWithSecondsFormat().format(at),
    /** "23/07/2026" in es-CO. */
    date,
    /** Today the hour alone, yesterday "Ayer 21:14", other days "22/07", other years the whole date. */
    when: (at: number, now: number): string => {
      const days = daysBefore(at, now);
      if (days === 0) return hour(at);
      return days === 1 ? `${capitalised(relative().format(-1, 'day'))} ${hour(at)}` : otherDay(at, now);
    },
    /** As `when`, with the hour on every day: "22/07 10:44". */
    whenWithHour: (at: number, now: number): string => {
      const days = daysBefore(at, now);
      if (days === 0) return hour(at);
      return days === 1
        ? `${capitalised(relative().format(-1, 'day'))} ${hour(at)}`
        : `${otherDay(at, now)} ${hour(at)}`;
    },
    /** "jueves 23/07/2026" */
    weekdayAndDate: (at: number): string => `${weekdayFormat().format(at)} ${date(at)}`,
    /** "jueves 23 de julio", for customers' pages. */
    longDate: (at: number): string => {
      const words = longDateFormat().format(at);
      return language === 'es' ? words.replace(',', '') : words;
    },
    wait,
    /** Of a file: "1 KB" at least, "840 KB", from 1,024 of them "1,4 MB". */
    fileSize: (bytes: number): string =>
      bytes < MEGABYTE
        ? `${numberFormat().format(Math.max(1, Math.round(bytes / 1_024)))} KB`
        : `${tenthsFormat().format(bytes / MEGABYTE)} MB`,
    /** Sum of a day's time in a state: "0 h 21". */
    hours: (duration: number): string => {
      const minutes = Math.max(0, Math.floor(duration / MINUTE_MS));
      return `${Math.floor(minutes / 60)} h ${pad(minutes % 60)}`;
    },
    /** An average: "8 min 14 s"; below one minute "14 s". */
    minutesAndSeconds: (duration: number): string => {
      const seconds = Math.max(0, Math.round(duration / SECOND_MS));
      return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
    },
    /** A running timer: "06:37"; from one hour "1:02:03". */
    timer: (duration: number): string => {
      const seconds = Math.max(0, Math.floor(duration / SECOND_MS));
      const minutesAndSeconds = `${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`;
      return seconds < 3_600 ? minutesAndSeconds : `${Math.floor(seconds / 3_600)}:${minutesAndSeconds}`;
    },
    /** A countdown: "12 s", rounded up so that it never shows 0 while it runs. */
    seconds: (duration: number): string => `${Math.max(0, Math.ceil(duration / SECOND_MS))} s`,
    /** A promised wait in minutes: "10 a 20 min", "50 min a 1 h 20". */
    range: ({ low, high }: { low: number; high: number }): string => {
      if (low === high) return wait(low * MINUTE_MS);
      const from = high < 60 ? String(low) : wait(low * MINUTE_MS);
      return `${from} ${RANGE_WORD[language]} ${wait(high * MINUTE_MS)}`;
    },
    /** "1.234" in es-CO. */
    number: (value: number): string => numberFormat().format(value),
  };
}

/** Each of them takes milliseconds to make, and no screen needs them all. */
function onceAsked<Format>(make: () => Format): () => Format {
  let made: Format | undefined;
  return () => (made ??= make());
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}

function capitalised(word: string): string {
  return word.charAt(0).toLocaleUpperCase() + word.slice(1);
}
