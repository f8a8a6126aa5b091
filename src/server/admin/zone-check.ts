/** Instants whose local hour tells whether the time zone data is new enough (trust B55). */
const KNOWN: readonly [zone: string, instant: string, hour: string][] = [
  ['America/Asuncion', '2025-07-01T12:00:00Z', '09'],
  ['America/Coyhaique', '2025-07-01T12:00:00Z', '09'],
  ['America/Mexico_City', '2025-07-01T12:00:00Z', '06'],
  ['America/Sao_Paulo', '2025-01-01T12:00:00Z', '09'],
  ['America/Santiago', '2025-07-01T12:00:00Z', '08'],
  ['America/Bogota', '2025-07-01T12:00:00Z', '07'],
];

/** Zones for which this process has another hour than the clocks there. */
export function strangeZones(): string[] {
  return KNOWN.filter(([zone, instant, hour]) => hourIn(zone, instant) !== hour).map(([zone]) => zone);
}

function hourIn(timeZone: string, instant: string): string | undefined {
  try {
    const format = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' });
    return format.format(new Date(instant));
  } catch {
    return undefined;
  }
}
