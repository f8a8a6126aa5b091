import type { z } from 'zod';
import { ErrorCode } from '../../protocol/error-codes.ts';
import { Refusal } from '../policies/refusal.ts';

/** What came in, checked; a `Refusal` that names the field otherwise. What is not ours to know is refused (trust B5). */
export function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw refusalOf(parsed.error);
}

/** The most telling of the issues as a refusal. */
export function refusalOf(error: z.ZodError): Refusal {
  const issues = error.issues.flatMap(unfold);
  const unknown = issues.find((issue) => issue.code === 'unrecognized_keys');
  if (unknown?.code === 'unrecognized_keys') {
    return new Refusal('UNKNOWN_FIELD', { field: [...unknown.path, unknown.keys[0]].join('.') });
  }
  const [first] = issues;
  const field = first?.path.join('.') ?? '';
  const said = ErrorCode.safeParse(first?.message);
  return new Refusal(said.success ? said.data : 'BAD_REQUEST', field === '' ? {} : { field });
}

/** What lies inside a union that did not match: the issues of the member that came nearest. */
function unfold(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue];
  const nearest = issue.errors.reduce((best, member) => (member.length < best.length ? member : best));
  return nearest.flatMap((inner) => unfold({ ...inner, path: [...issue.path, ...inner.path] }));
}
