import { z } from 'zod';

/** Whole milliseconds since 1970-01-01T00:00:00Z. */
export const Instant = z.int().nonnegative();
export type Instant = z.infer<typeof Instant>;

/** A calendar day in a branch's zone, `YYYY-MM-DD`. */
export const BusinessDay = z.iso.date();
export type BusinessDay = z.infer<typeof BusinessDay>;
