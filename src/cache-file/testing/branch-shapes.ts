import { z } from 'zod';
import { Presence } from '../../protocol/change.ts';
import { TicketHeader } from '../../protocol/ticket.ts';

/** JSON Schema (2020-12) of what `json` holds in each table of a branch's file. */
export function branchShapes(): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries({ headers: TicketHeader, presences: Presence }).map(([table, schema]) => [
      table,
      z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as unknown,
    ]),
  );
}
