import { createBuilder, createSchema, defineQueries, defineQuery } from '@rocicorp/zero';
import { number, string, table, type Schema } from '@rocicorp/zero';
import type { Header } from './headers.ts';

/** Zero's schema and its one query, of all headers, made from the fields of one header. */
export function zeroSchema(given: Header) {
  const columns = Object.fromEntries(
    Object.entries(given).map(([field, value]) => {
      const column = typeof value === 'number' || field.endsWith('At') ? number() : string();
      return [field, field === 'id' || field === 'number' ? column : column.optional()];
    }),
  );
  const schema: Schema = createSchema({ tables: [table('header').columns(columns).primaryKey('id')] });
  const { header } = createBuilder(schema);
  if (!header) throw new Error('The schema has no headers.');
  return { schema, queries: defineQueries({ all: defineQuery(() => header) }) };
}

/** The same as a table of PostgreSQL. */
export const createTable = (given: Header): string =>
  `CREATE TABLE header (${Object.entries(given)
    .map(([field, value]) => {
      const type = typeof value === 'number' || field.endsWith('At') ? 'bigint' : 'text';
      return `"${field}" ${type}${field === 'id' ? ' PRIMARY KEY' : ''}`;
    })
    .join(', ')})`;
