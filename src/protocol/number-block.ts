import { z } from 'zod';
import { BlockId, BranchId, ServiceId } from './ids.ts';
import { BusinessDay } from './instant.ts';

/** Numbers reserved to one desk for "Atender ahora" without the line: `count` numbers and turn codes, both consecutive. */
export const NumberBlock = z.object({
  id: BlockId,
  branchId: BranchId,
  serviceId: ServiceId,
  businessDay: BusinessDay,
  letter: z.string(),
  firstNumber: z.int().positive(),
  firstTurn: z.int().positive(),
  count: z.int().positive(),
});
export type NumberBlock = z.infer<typeof NumberBlock>;
