import { v7 as uuidv7 } from 'uuid';
import { deskTurns } from '../../domain/turn-code/turn-lanes.ts';
import { businessDayOf } from '../../domain/business-day/business-day.ts';
import type { ReserveBlocks } from '../../protocol/http/desk-api.ts';
import type { NumberBlock } from '../../protocol/number-block.ts';
import { runWork } from '../changes/work.ts';
import { Refusal } from '../policies/refusal.ts';
import type { ServerContext } from '../start/server-context.ts';
import { insertBlock } from '../store/block-rows.ts';
import { addDeskTurns, lockDeskTurns, takeNumbers } from '../store/number-rows.ts';
import { readBranch, readServices } from '../store/service-rows.ts';

/**
 * Reserves numbers and turns of today to a desk, for "Atender ahora" (design.md, Commands). A service whose desks have had all
 * turns of the day is left out; where that is so of every one asked for, the desk is refused with NO_BLOCK (SPEC TC3).
 */
export async function reserveBlocks(
  context: ServerContext,
  seat: { deviceId: string; companyId: string; branchId: string },
  input: ReserveBlocks,
): Promise<NumberBlock[]> {
  const { result } = await runWork(context, async (work) => {
    const branch = await readBranch(work.tx, seat.branchId);
    if (!branch || branch.companyId !== seat.companyId) throw new Refusal('NOT_FOUND');
    const services = await readServices(work.tx, branch.id);
    const businessDay = businessDayOf(work.now, branch.timeZone);
    const blocks: NumberBlock[] = [];
    // All turns before all numbers, as a single ticket takes them: one order of locks.
    for (const { serviceId, count } of input.services.toSorted((a, b) => (a.serviceId < b.serviceId ? -1 : 1))) {
      const service = services.find(({ id }) => id === serviceId);
      if (!service) throw new Refusal('NOT_FOUND', { field: 'serviceId' });
      const { letter, branchId } = service;
      const turns = deskTurns(await lockDeskTurns(work.tx, serviceId, businessDay), count);
      if (!turns) continue;
      await addDeskTurns(work.tx, serviceId, businessDay, turns.count);
      const id = uuidv7() as NumberBlock['id'];
      blocks.push({ id, branchId, serviceId, businessDay, letter, firstNumber: 0, ...turns });
    }
    if (blocks.length === 0 && input.services.length > 0) throw new Refusal('NO_BLOCK');
    for (const block of blocks) {
      block.firstNumber = await takeNumbers(work.tx, seat.companyId, block.count);
      await insertBlock(work.tx, seat.deviceId, block);
    }
    return blocks;
  });
  return result;
}
