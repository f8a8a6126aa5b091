import { describe, expect, it } from 'vitest';
import { isRefusal } from './is-refusal.ts';

describe('isRefusal', () => {
  it('[R9] takes no failure of the line or of the server for a refusal', () => {
    for (const failure of ['offline', 'TIMEOUT', 'INTERNAL', 'UNAVAILABLE'] as const) {
      expect(isRefusal(failure, { isFirst: true })).toBe(false);
      expect(isRefusal(failure, { isFirst: false })).toBe(false);
    }
  });

  it('[R9] believes a refusal that comes before the key is looked for only while nothing is unanswered', () => {
    for (const failure of ['unpaired', 'TOO_MANY_REQUESTS', 'DISK_FULL', 'NOT_FOUND', 'KEY_REUSED'] as const) {
      expect(isRefusal(failure, { isFirst: true })).toBe(true);
      expect(isRefusal(failure, { isFirst: false })).toBe(false);
    }
  });

  it('[R9] believes a refusal of what is asked for at any time', () => {
    for (const failure of ['INVALID_DOCUMENT', 'CHECK_DIGIT', 'SERVICE_CLOSED', 'BAD_REQUEST'] as const) {
      expect(isRefusal(failure, { isFirst: true })).toBe(true);
      expect(isRefusal(failure, { isFirst: false })).toBe(true);
    }
  });
});
