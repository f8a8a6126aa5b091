const UNIQUE_VIOLATION = '23505';

/** The name of the unique constraint or index that a statement broke; null for any other error. */
export function brokenUnique(error: unknown): string | null {
  const { code, constraint } = error as { code?: unknown; constraint?: unknown };
  return code === UNIQUE_VIOLATION && typeof constraint === 'string' ? constraint : null;
}
