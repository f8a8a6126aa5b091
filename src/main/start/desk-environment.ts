import { resolve } from 'node:path';
import { z } from 'zod';

/** A variable has a wrong value: one line that names it; the process ends with exit code 78. */
export class EnvironmentError extends Error {
  readonly variable: string;

  constructor(variable: string, problem: string) {
    super(`${variable}: ${problem}`);
    this.name = 'EnvironmentError';
    this.variable = variable;
  }
}

export const EXIT_ENVIRONMENT = 78;

export interface DeskEnvironment {
  serverUrl: URL;
  /** Absolute. */
  dataFolder: string;
  desks: number;
  /** Of the first desk; 0 asks the system for a free one, as for all others. */
  port: number;
  /** How many closed tickets of a branch, the newest, a desk keeps. */
  headersKept: number;
}

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** The address of the central server, as people write it. */
export const ServerUrl = z
  .string()
  .refine((value) => URL.canParse(value) && ['http:', 'https:'].includes(new URL(value).protocol), {
    error: 'is not an address that begins with http:// or https://',
    abort: true,
  })
  .transform((value) => new URL(value))
  .refine(
    ({ username, password, pathname, search, hash }) =>
      `${username}${password}${search}${hash}` === '' && pathname === '/',
    'must hold nothing but protocol, host and port',
  )
  .refine(
    ({ protocol, hostname }) => protocol === 'https:' || LOOPBACK.test(hostname),
    'must begin with https:// unless its host is this machine itself',
  );

const integer = (low: number, high: number) =>
  z
    .string()
    .refine(
      (value) => /^\d{1,7}$/.test(value) && Number(value) >= low && Number(value) <= high,
      `is not a whole number from ${low} to ${high}`,
    )
    .transform(Number);

const Variables = z.object({
  VENTANILLA_SERVER: ServerUrl.default(new URL('http://127.0.0.1:7420')),
  VENTANILLA_DATA: z.string().default('./data/desks'),
  VENTANILLA_DESKS: integer(1, 32).default(1),
  VENTANILLA_DESK_PORT: integer(0, 65_535).default(0),
  VENTANILLA_HEADERS_KEPT: integer(1_000, 1_000_000).default(100_000),
});

/** @throws EnvironmentError for the first wrong value */
export function readDeskEnvironment(variables: Readonly<Record<string, string | undefined>>): DeskEnvironment {
  for (const name of Object.keys(Variables.shape)) {
    if (variables[name]?.trim() === '') throw new EnvironmentError(name, 'is empty; leave it out or give it a value');
  }
  const parsed = Variables.safeParse(variables);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new EnvironmentError(String(issue?.path[0]), issue?.message ?? 'is wrong');
  }
  const { VENTANILLA_SERVER, VENTANILLA_DATA, VENTANILLA_DESKS, VENTANILLA_DESK_PORT, VENTANILLA_HEADERS_KEPT } =
    parsed.data;
  return {
    serverUrl: VENTANILLA_SERVER,
    dataFolder: resolve(VENTANILLA_DATA),
    desks: VENTANILLA_DESKS,
    port: VENTANILLA_DESK_PORT,
    headersKept: VENTANILLA_HEADERS_KEPT,
  };
}
