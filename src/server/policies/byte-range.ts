/** The bytes of a whole of `size` that are asked for, both ends included; null for all of them, `none` for what is not there. */
export type ByteRange = { from: number; to: number } | null | 'none';

/** Reads `Range` (RFC 9110, 14.2): one range of bytes. Several, or another unit, count as the whole. */
export function readByteRange(header: string | undefined, size: number): ByteRange {
  const [, first, last] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return null;
  if (first === '') return Number(last) === 0 ? 'none' : { from: Math.max(0, size - Number(last)), to: size - 1 };
  const from = Number(first);
  const to = last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== '' && Number(last) < from) return null;
  return from >= size ? 'none' : { from, to };
}
