import type { BusinessDay, Instant } from '../../protocol/instant.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

// Building a formatter costs some thousand times more than using it.
const formatters = new Map<string, Intl.DateTimeFormat>();

/** The calendar day in this zone at this instant [BD1]. `timeZone` is an IANA name; another throws RangeError. */
export function businessDayOf(at: Instant, timeZone: string): BusinessDay {
  const parts = new Map(
    formatterOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  return `${parts.get('year')?.padStart(4, '0')}-${parts.get('month')}-${parts.get('day')}`;
}

/**
 * First instant of the day and first instant after it [BD2]: 23, 24 or 25 hours apart where clocks change. A day whose
 * midnight does not exist starts at the change.
 */
export function businessDayBounds(day: BusinessDay, timeZone: string): { from: Instant; until: Instant } {
  return { from: firstInstant(day, timeZone), until: firstInstant(dayAfter(day), timeZone) };
}

function dayAfter(day: BusinessDay): BusinessDay {
  return new Date(Date.parse(day) + DAY).toISOString().slice(0, 10);
}

function firstInstant(day: BusinessDay, timeZone: string): Instant {
  // Zones lie between UTC−12 and UTC+14, so that midnight of the day lies strictly between these two.
  let before = Date.parse(day) - 15 * HOUR;
  let within = Date.parse(day) + 13 * HOUR;
  while (within - before > 1) {
    const middle = Math.floor((before + within) / 2);
    if (businessDayOf(middle, timeZone) < day) before = middle;
    else within = middle;
  }
  return within;
}

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(timeZone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    formatters.set(timeZone, formatter);
  }
  return formatter;
}
