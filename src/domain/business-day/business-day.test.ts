import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BusinessDay } from '../../protocol/instant.ts';
import { businessDayBounds, businessDayOf } from './business-day.ts';

const HOUR = 3_600_000;
const zones = [
  'America/Bogota',
  'America/Asuncion',
  'America/Santiago',
  'America/Argentina/Buenos_Aires',
  'America/Sao_Paulo',
  'America/Mexico_City',
  'America/Tijuana',
  'America/Havana',
  'America/Caracas',
  'America/Guayaquil',
  'Pacific/Easter',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'Etc/GMT+12',
  'UTC',
];
const hours = (day: string, zone: string) => {
  const { from, until } = businessDayBounds(day, zone);
  return (until - from) / HOUR;
};

describe('business day', () => {
  it('[B56] [BD1] is the day of the branch, not of the server', () => {
    const eightInTheEvening = Date.parse('2026-03-05T01:00:00Z');
    expect(businessDayOf(eightInTheEvening, 'America/Bogota')).toBe('2026-03-04');
    expect(businessDayOf(Date.parse('2026-03-05T04:59:59.999Z'), 'America/Bogota')).toBe('2026-03-04');
    expect(businessDayOf(Date.parse('2026-03-05T05:00:00Z'), 'America/Bogota')).toBe('2026-03-05');
  });

  it('[BD2] starts and ends at the midnights of the branch', () => {
    expect(businessDayBounds('2026-03-04', 'America/Bogota')).toEqual({
      from: Date.parse('2026-03-04T05:00:00Z'),
      until: Date.parse('2026-03-05T05:00:00Z'),
    });
  });

  it('[R6] [B55] [BD3] Asunción is at −03 all year since 2024', () => {
    for (const day of ['2025-01-15', '2025-03-23', '2025-07-15', '2025-10-05', '2026-03-22', '2026-07-15']) {
      const from = Date.parse(`${day}T03:00:00Z`);
      expect(businessDayBounds(day, 'America/Asuncion')).toEqual({ from, until: from + 24 * HOUR });
    }
  });

  it('[R6] [BD2] a day whose midnight does not exist starts at the change, one hour short', () => {
    expect(businessDayBounds('2026-09-06', 'America/Santiago')).toEqual({
      from: Date.parse('2026-09-06T04:00:00Z'),
      until: Date.parse('2026-09-07T03:00:00Z'),
    });
    expect(hours('2024-10-06', 'America/Asuncion')).toBe(23);
  });

  it('[R6] [BD2] a day whose last hour comes twice is one hour longer', () => {
    expect(businessDayBounds('2026-04-04', 'America/Santiago')).toEqual({
      from: Date.parse('2026-04-04T03:00:00Z'),
      until: Date.parse('2026-04-05T04:00:00Z'),
    });
    expect(businessDayOf(Date.parse('2026-04-05T03:30:00Z'), 'America/Santiago')).toBe('2026-04-04');
  });

  it('[BD2] a day that a zone skipped is empty', () => {
    expect(hours('2011-12-30', 'Pacific/Apia')).toBe(0);
    expect(hours('2011-12-31', 'Pacific/Apia')).toBe(24);
  });

  it('[BD1] refuses a zone that does not exist', () => {
    expect(() => businessDayOf(0, 'America/Nowhere')).toThrow(RangeError);
  });

  it('[B56] [R6] [BD2] days part time: each instant lies in the bounds of its day, and days touch', () => {
    const instants = fc.integer({ min: Date.parse('1995-01-01T00:00:00Z'), max: Date.parse('2060-01-01T00:00:00Z') });
    fc.assert(
      fc.property(instants, fc.constantFrom(...zones), (at, zone) => {
        const day = businessDayOf(at, zone);
        expect(BusinessDay.parse(day)).toBe(day);
        const { from, until } = businessDayBounds(day, zone);
        expect(from <= at && at < until).toBe(true);
        expect(businessDayOf(from, zone)).toBe(day);
        expect(businessDayOf(from - 1, zone) < day).toBe(true);
        expect(businessDayBounds(businessDayOf(until, zone), zone).from).toBe(until);
        expect(businessDayBounds(businessDayOf(from - 1, zone), zone).until).toBe(from);
      }),
      { numRuns: 200 },
    );
  });
});
