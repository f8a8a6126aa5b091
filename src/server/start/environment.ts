import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { createSecureContext } from 'node:tls';
import { z } from 'zod';
import { isLoopback } from '../policies/is-loopback.ts';
import type { Turn } from '../video/make-ice.ts';

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

export interface Environment {
  /** Absolute. */
  dataFolder: string;
  /** 0 asks the system for a free one. */
  port: number;
  host: string;
  /** Without a trailing slash; null when it follows from host and port. */
  publicUrl: string | null;
  tls: { cert: Buffer; key: Buffer } | null;
  /** Addresses and networks whose `X-Forwarded-*` headers are believed. */
  trustedProxies: string[];
  /** Null: an embedded PostgreSQL in the data folder. */
  databaseUrl: string | null;
  /** How many closed tickets of a branch, the newest, its desks are given. */
  headersKept: number;
  /** Null: video reaches the networks of both sides, and no further. */
  turn: Turn | null;
}

const http = (value: string): boolean => URL.canParse(value) && ['http:', 'https:'].includes(new URL(value).protocol);

const baseUrl = z
  .string()
  .refine(http, { error: 'is not an address that begins with http:// or https://', abort: true })
  .refine((value) => {
    const { username, password, search, hash } = new URL(value);
    return `${username}${password}${search}${hash}` === '';
  }, 'must hold nothing but protocol, host, port and path')
  .refine((value) => {
    const { protocol, hostname: name } = new URL(value);
    return protocol === 'https:' || isLoopback(name);
  }, 'must begin with https:// unless its host is this machine itself')
  .transform((value) => value.replace(/\/+$/, ''));

const integer = (low: number, high: number) =>
  z
    .string()
    .refine(
      (value) => /^\d{1,7}$/.test(value) && Number(value) >= low && Number(value) <= high,
      `is not a whole number from ${low} to ${high}`,
    )
    .transform(Number);

const list = (isGood: (item: string) => boolean, problem: string) =>
  z
    .string()
    .transform((value) => value.split(',').map((item) => item.trim()))
    .refine((items) => items.every(isGood), problem);

function isNetwork(item: string): boolean {
  const [address = '', prefix, ...rest] = item.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  if (prefix === undefined) return true;
  return /^\d{1,3}$/.test(prefix) && Number(prefix) >= 1 && Number(prefix) <= (version === 4 ? 32 : 128);
}

const databaseUrl = z
  .string()
  .refine((value) => URL.canParse(value) && ['postgres:', 'postgresql:'].includes(new URL(value).protocol), {
    error: 'is not an address that begins with postgres://',
    abort: true,
  })
  .refine((value) => new URL(value).hostname !== '' || new URL(value).searchParams.has('host'), 'names no host')
  .refine((value) => new URL(value).pathname.length > 1, 'names no database after the host');

/** The whole contract of the product's variables; the desk's are checked here too, so that a slip never waits. */
const Variables = z.object({
  VENTANILLA_DATA: z.string().default('./data'),
  VENTANILLA_PORT: integer(0, 65_535).default(7420),
  VENTANILLA_HOST: z
    .string()
    .regex(/^[0-9A-Za-z.:-]+$/, 'is not an address or the name of a host')
    .default('127.0.0.1'),
  VENTANILLA_PUBLIC_URL: baseUrl.optional(),
  VENTANILLA_TLS_CERT: z.string().optional(),
  VENTANILLA_TLS_KEY: z.string().optional(),
  VENTANILLA_TRUST_PROXY: list(
    isNetwork,
    'is not a list of addresses or networks such as 10.0.0.5,192.168.1.0/24',
  ).default([]),
  VENTANILLA_DATABASE_URL: databaseUrl.optional(),
  VENTANILLA_HEADERS_KEPT: integer(1_000, 1_000_000).default(100_000),
  VENTANILLA_OPEN: z
    .enum(['auto', 'electron', 'browser', 'none'], 'is not one of auto, electron, browser, none')
    .optional(),
  VENTANILLA_DESKS: integer(0, 32).optional(),
  VENTANILLA_SERVER: baseUrl.optional(),
  VENTANILLA_TURN_URLS: list(
    (item) => /^(?:turns?|stuns?):[^\s]+$/.test(item),
    'is not a list of addresses that begin with turn:, turns: or stun:',
  ).optional(),
  VENTANILLA_TURN_SECRET: z.string().optional(),
  VENTANILLA_TURN_POLICY: z.enum(['all', 'relay'], 'is not one of all, relay').optional(),
  /** Seconds; at most what trust T5 allows. */
  VENTANILLA_TURN_LIFETIME: integer(10, 600).default(600),
});
type Variables = z.infer<typeof Variables>;

/** @throws EnvironmentError for the first wrong value; the message never repeats a secret */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): Environment {
  for (const name of Object.keys(Variables.shape)) {
    if (variables[name]?.trim() === '') throw new EnvironmentError(name, 'is empty; leave it out or give it a value');
  }
  const parsed = Variables.safeParse(variables);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new EnvironmentError(String(issue?.path[0]), issue?.message ?? 'is wrong');
  }
  const values = parsed.data;
  inPairs(values, 'VENTANILLA_TURN_URLS', 'VENTANILLA_TURN_SECRET');
  const tls = readTls(values);
  if (!isLoopback(values.VENTANILLA_HOST) && tls === null && values.VENTANILLA_TRUST_PROXY.length === 0) {
    throw new EnvironmentError(
      'VENTANILLA_HOST',
      `${values.VENTANILLA_HOST} is open to the network, which needs VENTANILLA_TLS_CERT and VENTANILLA_TLS_KEY, or VENTANILLA_TRUST_PROXY`,
    );
  }
  return {
    dataFolder: resolve(values.VENTANILLA_DATA),
    port: values.VENTANILLA_PORT,
    host: values.VENTANILLA_HOST,
    publicUrl: values.VENTANILLA_PUBLIC_URL ?? null,
    tls,
    trustedProxies: values.VENTANILLA_TRUST_PROXY,
    databaseUrl: values.VENTANILLA_DATABASE_URL ?? null,
    headersKept: values.VENTANILLA_HEADERS_KEPT,
    turn: readTurn(values),
  };
}

/** Where browsers on this machine reach a server that listens on `port`. */
export function serverUrl({ host, tls }: Pick<Environment, 'host' | 'tls'>, port: number): string {
  const name = host === '0.0.0.0' || host === '::' ? hostname() : host;
  return `${tls ? 'https' : 'http'}://${isIP(name) === 6 ? `[${name}]` : name}:${port}`;
}

function inPairs(values: Variables, one: keyof Variables, other: keyof Variables): void {
  for (const [given, missing] of [
    [one, other],
    [other, one],
  ] as const) {
    if (values[given] !== undefined && values[missing] === undefined) {
      throw new EnvironmentError(missing, `is missing; it goes together with ${given}`);
    }
  }
}

function readTurn({
  VENTANILLA_TURN_URLS: urls,
  VENTANILLA_TURN_SECRET: secret,
  VENTANILLA_TURN_POLICY: policy,
  VENTANILLA_TURN_LIFETIME: lifetime,
}: Variables): Turn | null {
  if (policy === 'relay' && !urls?.some((url) => url.startsWith('turn'))) {
    throw new EnvironmentError('VENTANILLA_TURN_POLICY', 'is relay, and VENTANILLA_TURN_URLS names no relay');
  }
  if (urls === undefined || secret === undefined) return null;
  return { urls, secret, policy: policy ?? 'all', lifetimeMs: lifetime * 1_000 };
}

function readTls(values: Variables): Environment['tls'] {
  inPairs(values, 'VENTANILLA_TLS_CERT', 'VENTANILLA_TLS_KEY');
  const { VENTANILLA_TLS_CERT: certPath, VENTANILLA_TLS_KEY: keyPath } = values;
  if (certPath === undefined || keyPath === undefined) return null;
  const cert = readPem('VENTANILLA_TLS_CERT', certPath);
  const key = readPem('VENTANILLA_TLS_KEY', keyPath);
  checkPem('VENTANILLA_TLS_CERT', 'holds no certificate in PEM form', () => createSecureContext({ cert }));
  checkPem('VENTANILLA_TLS_KEY', 'holds no key in PEM form', () => createSecureContext({ key }));
  checkPem('VENTANILLA_TLS_KEY', 'is not the key of VENTANILLA_TLS_CERT', () => createSecureContext({ cert, key }));
  return { cert, key };
}

function readPem(variable: string, path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new EnvironmentError(variable, `cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

function checkPem(variable: string, problem: string, use: () => void): void {
  try {
    use();
  } catch {
    throw new EnvironmentError(variable, problem);
  }
}
