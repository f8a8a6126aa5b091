import type { NumberBlock } from '../../protocol/number-block.ts';
import type { Reader, Writer } from './database.ts';

export async function insertBlock(tx: Writer, deviceId: string, block: NumberBlock): Promise<void> {
  await tx
    .insertInto('number_block')
    .values({
      id: block.id,
      device_id: deviceId,
      branch_id: block.branchId,
      service_id: block.serviceId,
      business_day: block.businessDay,
      first_number: block.firstNumber,
      first_turn: block.firstTurn,
      count: block.count,
    })
    .execute();
}

/** The block of this service that this desk reserved; what others reserved does not exist. */
export async function readBlock(
  db: Reader,
  { id, deviceId, serviceId }: { id: string; deviceId: string; serviceId: string },
): Promise<Pick<NumberBlock, 'businessDay' | 'firstNumber' | 'firstTurn' | 'count'> | null> {
  const row = await db
    .selectFrom('number_block')
    .select(['business_day as businessDay', 'first_number as firstNumber', 'first_turn as firstTurn', 'count'])
    .where('id', '=', id)
    .where('device_id', '=', deviceId)
    .where('service_id', '=', serviceId)
    .executeTakeFirst();
  return row ?? null;
}
