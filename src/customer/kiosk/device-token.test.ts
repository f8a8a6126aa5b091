import { describe, expect, it, vi } from 'vitest';
import { deviceToken } from './device-token.ts';

function setUp() {
  const kept = new Map<string, string>();
  const clearHash = vi.fn<() => void>();
  const storage = () => ({
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  });
  return { kept, clearHash, storage };
}

describe('device token', () => {
  it('[T20] is kept after pairing and taken out of the address', () => {
    const { clearHash, storage } = setUp();
    expect(deviceToken('centro', { hash: '#token=abc-_1', storage, clearHash })).toBe('abc-_1');
    expect(clearHash).toHaveBeenCalledOnce();
    expect(deviceToken('centro', { hash: '', storage, clearHash })).toBe('abc-_1');
    expect(clearHash).toHaveBeenCalledOnce();
  });

  it('[T20] of one branch is none of another', () => {
    const { clearHash, storage } = setUp();
    deviceToken('centro', { hash: '#token=abc', storage, clearHash });
    expect(deviceToken('norte', { hash: '', storage, clearHash })).toBeNull();
  });

  it('[T20] pairs a browser that stores nothing until it is closed', () => {
    const storage = () => {
      throw new DOMException('denied', 'SecurityError');
    };
    expect(deviceToken('centro', { hash: '#token=abc', storage, clearHash: () => undefined })).toBe('abc');
    expect(deviceToken('centro', { hash: '', storage, clearHash: () => undefined })).toBeNull();
  });
});
