import { describe, expect, test } from 'vitest';
import { createFormats } from './create-formats.ts';

const MINUTE = 60_000;
// 10:42:07 in Bogotá, Thursday.
const NOW = Date.parse('2026-07-23T15:42:07Z');
const at = (iso: string): number => Date.parse(iso);

const bogota = createFormats({ locale: 'es-CO', timeZone: 'America/Bogota', language: 'es' });
const saoPaulo = createFormats({ locale: 'pt-BR', timeZone: 'America/Sao_Paulo', language: 'pt' });
const english = createFormats({ locale: 'es-CO', timeZone: 'America/Bogota', language: 'en' });

describe('instants', () => {
  test('hours have 24 hours and two figures, in the zone of the branch', () => {
    expect(bogota.hour(NOW)).toBe('10:42');
    expect(saoPaulo.hour(NOW)).toBe('12:42');
    expect(bogota.hour(at('2026-07-23T05:03:00Z'))).toBe('00:03');
    expect(bogota.hour(at('2026-07-24T02:03:00Z'))).toBe('21:03');
  });

  test('seconds only where asked', () => {
    expect(bogota.hourWithSeconds(NOW)).toBe('10:42:07');
  });

  test('dates follow the locale of the company', () => {
    expect(bogota.date(NOW)).toBe('23/07/2026');
    expect(createFormats({ locale: 'en-US', timeZone: 'UTC', language: 'en' }).date(NOW)).toBe('07/23/2026');
    expect(bogota.weekdayAndDate(NOW)).toBe('jueves 23/07/2026');
    expect(bogota.longDate(NOW)).toBe('jueves 23 de julio');
  });

  test('today shows the hour alone, yesterday the word, other days the date', () => {
    expect(bogota.when(at('2026-07-23T13:00:00Z'), NOW)).toBe('08:00');
    expect(bogota.when(at('2026-07-23T02:14:00Z'), NOW)).toBe('Ayer 21:14');
    expect(bogota.when(at('2026-07-22T04:00:00Z'), NOW)).toBe('21/07');
    expect(bogota.when(at('2025-07-22T12:00:00Z'), NOW)).toBe('22/07/2025');
    expect(bogota.whenWithHour(at('2026-07-21T15:44:00Z'), NOW)).toBe('21/07 10:44');
    expect(saoPaulo.when(at('2026-07-22T20:00:00Z'), NOW)).toBe('Ontem 17:00');
    expect(english.when(at('2026-07-22T20:00:00Z'), NOW)).toBe('Yesterday 15:00');
  });

  test('midnight of the branch, not of the machine, parts today from yesterday', () => {
    expect(bogota.when(at('2026-07-23T05:00:00Z'), NOW)).toBe('00:00');
    expect(bogota.when(at('2026-07-23T04:59:59Z'), NOW)).toBe('Ayer 23:59');
  });
});

describe('durations', () => {
  test('waits are whole minutes, from one hour hours and minutes', () => {
    expect([0, 59_999, 17 * MINUTE, 59.9 * MINUTE, 60 * MINUTE, 115 * MINUTE, -5].map(bogota.wait)).toEqual([
      '0 min',
      '0 min',
      '17 min',
      '59 min',
      '1 h 00',
      '1 h 55',
      '0 min',
    ]);
  });

  test('running timers are mm:ss, from one hour h:mm:ss', () => {
    expect([0, 18_999, 397_000, 3_599_999, 3_723_000].map(bogota.timer)).toEqual([
      '00:00',
      '00:18',
      '06:37',
      '59:59',
      '1:02:03',
    ]);
  });

  test('a countdown never shows zero while it runs', () => {
    expect([12_000, 11_001, 1, 0, -1].map(bogota.seconds)).toEqual(['12 s', '12 s', '1 s', '0 s', '0 s']);
  });

  test('sums and averages', () => {
    expect(bogota.hours(21 * MINUTE)).toBe('0 h 21');
    expect([494_000, 60_000, 59_400, 3_000, 0, -5].map(bogota.minutesAndSeconds)).toEqual([
      '8 min 14 s',
      '1 min 0 s',
      '59 s',
      '3 s',
      '0 s',
      '0 s',
    ]);
  });

  test('a promised wait is a range in words', () => {
    expect(bogota.range({ low: 10, high: 20 })).toBe('10 a 20 min');
    expect(english.range({ low: 10, high: 20 })).toBe('10 to 20 min');
    expect(bogota.range({ low: 50, high: 80 })).toBe('50 min a 1 h 20');
    expect(bogota.range({ low: 5, high: 5 })).toBe('5 min');
  });
});

test('figures are grouped as the company writes them', () => {
  expect(bogota.number(48_213)).toBe('48.213');
});
