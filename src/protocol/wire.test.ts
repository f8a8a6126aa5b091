import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PROTOCOL_VERSION } from './socket/up.ts';
import { breakingChanges } from './testing/breaking-changes.ts';
import { wireSchemas } from './testing/wire-schemas.ts';

const pathOf = (version: number): string => join(import.meta.dirname, 'fixtures', `wire-${version}.json`);
const frozen = (): Record<string, unknown> => {
  const path = pathOf(PROTOCOL_VERSION);
  if (!existsSync(path))
    throw new Error('A new PROTOCOL_VERSION: freeze it with src/protocol/testing/write-wire-schema.ts');
  return JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
};
const ofMessages = (old: Record<string, unknown>, next: Record<string, unknown>): string[] =>
  Object.entries(old).flatMap(([name, schema]) => breakingChanges(schema, next[name], name));

test('[R15] nothing on the wire is what programs of this PROTOCOL_VERSION would trip over', () => {
  expect(ofMessages(frozen(), wireSchemas())).toEqual([]);
});

test('[R15] the wire of every version that there was is on file', () => {
  for (let version = 1; version <= PROTOCOL_VERSION; version += 1) expect(existsSync(pathOf(version))).toBe(true);
});

/** Every object of a JSON tree. */
const objectsIn = (value: unknown): Record<string, unknown>[] => {
  if (typeof value !== 'object' || value === null) return [];
  const own = Array.isArray(value) ? [] : [value as Record<string, unknown>];
  return [...own, ...Object.values(value).flatMap(objectsIn)];
};
const sabotage = (
  change: (schema: Record<string, unknown>) => void,
  holds: (schema: Record<string, unknown>) => boolean,
) => {
  const { DeliverCommands, SignedIn } = frozen();
  const old = { DeliverCommands, SignedIn };
  const count = objectsIn(old).filter(holds).length;
  return Array.from({ length: count }, (_, index) => {
    const next = structuredClone(old);
    change(objectsIn(next).filter(holds)[index] ?? {});
    return ofMessages(old, next).length;
  });
};
const hasRequired = ({ required, properties }: Record<string, unknown>): boolean =>
  Array.isArray(required) && typeof properties === 'object';

test.each([
  [
    'a required field may be missing',
    (schema: Record<string, unknown>) => (schema['required'] as string[]).pop(),
    hasRequired,
  ],
  [
    'a field is required that was not',
    (schema: Record<string, unknown>) => (schema['required'] as string[]).push('newcomer'),
    hasRequired,
  ],
  [
    'a field is gone',
    ({ properties }: Record<string, unknown>) => {
      const fields = properties as Record<string, unknown>;
      delete fields[Object.keys(fields).at(-1) ?? ''];
    },
    hasRequired,
  ],
  [
    'an enum is smaller',
    (schema: Record<string, unknown>) => (schema['enum'] as string[]).pop(),
    (schema: Record<string, unknown>) => Array.isArray(schema['enum']),
  ],
  [
    'an alternative is gone',
    (schema: Record<string, unknown>) => (schema['oneOf'] as unknown[]).pop(),
    (schema: Record<string, unknown>) => Array.isArray(schema['oneOf']),
  ],
])('[R15] twin: %s, wherever it is: found', (_, change, holds) => {
  const found = sabotage(change, holds);
  expect(found.length).toBeGreaterThan(1);
  expect(found.every((breaches) => breaches > 0)).toBe(true);
});

test('[R15] a field that may be left out and a new alternative are no breach', () => {
  const old = { type: 'object', properties: { a: { type: 'string' } }, required: ['a'], additionalProperties: false };
  const next = { ...old, properties: { ...old.properties, b: { type: 'string' } } };
  expect(breakingChanges(old, next)).toEqual([]);
  expect(breakingChanges({ oneOf: [old] }, { oneOf: [old, { type: 'null' }] })).toEqual([]);
});
