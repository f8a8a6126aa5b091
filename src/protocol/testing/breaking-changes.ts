type Schema = Record<string, unknown>;

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** Bounds of JSON Schema: with which sign a larger one is the narrower. */
const bounds = { maxLength: -1, maxItems: -1, maximum: -1, minLength: 1, minItems: 1, minimum: 1, exclusiveMinimum: 1 };

/**
 * What a program that speaks the `old` schema would trip over in the `next` one, one line each with its path: a required field
 * that came or went, a field or an alternative that is gone, a value that is not allowed any more, another type, a narrower
 * bound. What was added and may be left out is no breach.
 */
export function breakingChanges(old: unknown, next: unknown, path = ''): string[] {
  if (!isSchema(old)) return [];
  if (!isSchema(next)) return [`${path}: is gone`];
  return [
    ...ofType(old, next, path),
    ...ofValues(old, next, path),
    ...ofBounds(old, next, path),
    ...ofFields(old, next, path),
    ...ofAlternatives(old, next, path),
    ...['items', 'additionalProperties', 'propertyNames', 'not'].flatMap((key) =>
      breakingChanges(old[key], next[key], `${path}/${key}`),
    ),
    ...(old['additionalProperties'] !== false && next['additionalProperties'] === false
      ? [`${path}: refuses fields that it does not know`]
      : []),
  ];
}

function ofType(old: Schema, next: Schema, path: string): string[] {
  if (next['type'] === undefined) return [];
  const typesOf = (schema: Schema): unknown[] => [schema['type']].flat();
  const after = typesOf(next);
  return typesOf(old)
    .filter((type) => !after.includes(type))
    .map((type) => `${path}: ${JSON.stringify(type ?? 'any type')} is not allowed any more`);
}

function ofValues(old: Schema, next: Schema, path: string): string[] {
  const valuesOf = (schema: Schema): unknown[] | null =>
    'const' in schema ? [schema['const']] : Array.isArray(schema['enum']) ? schema['enum'] : null;
  const allowed = valuesOf(next);
  if (allowed === null) return [];
  const before = valuesOf(old);
  if (before === null) return [`${path}: only some values are allowed now`];
  return before.filter((value) => !allowed.includes(value)).map((value) => `${path}: ${String(value)} is gone`);
}

function ofBounds(old: Schema, next: Schema, path: string): string[] {
  const narrower = Object.entries(bounds).filter(([name, sign]) => {
    const bound = next[name];
    if (typeof bound !== 'number') return false;
    const before = old[name];
    return typeof before !== 'number' || (bound - before) * sign > 0;
  });
  const pattern = next['pattern'] !== undefined && next['pattern'] !== old['pattern'] ? ['pattern'] : [];
  return [...narrower.map(([name]) => name), ...pattern].map((name) => `${path}: ${name} is narrower`);
}

function ofFields(old: Schema, next: Schema, path: string): string[] {
  const before = new Set(list(old['required']));
  const after = new Set(list(next['required']));
  const properties = isSchema(next['properties']) ? next['properties'] : {};
  return [
    ...[...after].filter((name) => !before.has(name)).map((name) => `${path}/${String(name)}: is required now`),
    ...[...before].filter((name) => !after.has(name)).map((name) => `${path}/${String(name)}: may be missing now`),
    ...Object.entries(isSchema(old['properties']) ? old['properties'] : {}).flatMap(([name, schema]) =>
      breakingChanges(schema, properties[name], `${path}/${name}`),
    ),
  ];
}

/** Alternatives are known by their constant fields, else by their type. */
function ofAlternatives(old: Schema, next: Schema, path: string): string[] {
  return ['anyOf', 'oneOf', 'allOf'].flatMap((key) => {
    const after = new Map(list(next[key]).map((schema) => [nameOf(schema), schema]));
    return list(old[key]).flatMap((schema) =>
      breakingChanges(schema, after.get(nameOf(schema)), `${path}/${nameOf(schema)}`),
    );
  });
}

function nameOf(schema: unknown): string {
  if (!isSchema(schema)) return '';
  const constants = Object.entries(isSchema(schema['properties']) ? schema['properties'] : {}).flatMap(
    ([name, field]) => (isSchema(field) && 'const' in field ? [`${name}=${String(field['const'])}`] : []),
  );
  return constants.length > 0
    ? constants.join(',')
    : JSON.stringify(schema['const'] ?? schema['type'] ?? Object.keys(schema)[0]);
}
