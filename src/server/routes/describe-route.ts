import type { FastifySchema } from 'fastify';
import { z } from 'zod';
import { ErrorBody } from '../../protocol/error-codes.ts';

export type Access = 'deviceToken' | 'session' | 'desk' | 'noneOrDesk' | 'none' | 'guest';

interface Description {
  summary: string;
  tag: 'customers' | 'desk' | 'health';
  access: Access;
  params?: Record<string, string>;
  query?: z.ZodType;
  headers?: Record<string, string>;
  body?: z.ZodType;
  /** Status → what is sent with it; null for nothing. */
  answers: Record<number, z.ZodType | null>;
}

/** What `/openapi.json` says of a route, from the same schemas that check and type it. Checks nothing by itself. */
export function describeRoute(description: Description): { schema: FastifySchema } {
  const { summary, tag, access, params, query, headers, body, answers } = description;
  const security = {
    deviceToken: [{ deviceToken: [] }],
    session: [{ session: [], deskKey: [] }],
    desk: [{ desk: [] }],
    noneOrDesk: [{}, { desk: [] }],
    none: [],
    guest: [{ guest: [] }],
  };
  return {
    schema: {
      summary,
      tags: [tag],
      security: security[access],
      ...(params && { params: strings(params, true) }),
      ...(headers && { headers: strings(headers, false) }),
      ...(query && { querystring: jsonSchema(query, 'input') }),
      ...(body && { body: jsonSchema(body, 'input') }),
      response: {
        ...Object.fromEntries(
          Object.entries(answers).map(([status, answer]) => [
            status,
            answer ? jsonSchema(answer, 'output') : { type: 'null', description: 'Nothing' },
          ]),
        ),
        default: { ...jsonSchema(ErrorBody, 'output'), description: 'The request was refused' },
      },
    },
  };
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): object {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
}

function strings(fields: Record<string, string>, isRequired: boolean): object {
  return {
    type: 'object',
    properties: Object.fromEntries(
      Object.entries(fields).map(([name, description]) => [name, { type: 'string', description }]),
    ),
    ...(isRequired && { required: Object.keys(fields) }),
  };
}
