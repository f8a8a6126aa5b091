/** An id for tests, shaped as a UUIDv7: the same number gives the same id, greater numbers sort later. */
export function sampleId<Id>(schema: { parse: (text: string) => Id }, number: number): Id {
  return schema.parse(`01900000-0000-7000-8000-${String(number).padStart(12, '0')}`);
}
