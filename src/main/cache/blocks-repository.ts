import type { Database } from 'better-sqlite3';
import { NumberBlock } from '../../protocol/number-block.ts';
import type { BranchId, ServiceId } from '../../protocol/ids.ts';
import type { BusinessDay } from '../../protocol/instant.ts';

/** A number and a turn that no other desk has. */
export interface TakenNumber {
  block: NumberBlock;
  number: number;
  turn: number;
}

interface Row {
  id: string;
  used: number;
  json: string;
}

/** Numbers reserved to this desk. A number once taken is never given again, whatever happens to what it was taken for. */
export function blocksRepository(db: Database) {
  const insert = db.prepare<[string, string, string, string, string]>(
    `INSERT INTO number_blocks (id, branch_id, service_id, business_day, used, json) VALUES (?, ?, ?, ?, 0, ?)
     ON CONFLICT (id) DO NOTHING`,
  );
  const ofService = db.prepare<[string, string], Row>(
    'SELECT id, used, json FROM number_blocks WHERE service_id = ? AND business_day = ? ORDER BY rowid',
  );
  const ofDay = db.prepare<[string, string], { serviceId: string; used: number; json: string }>(
    'SELECT service_id AS serviceId, used, json FROM number_blocks WHERE branch_id = ? AND business_day = ?',
  );
  const use = db.prepare<[string]>('UPDATE number_blocks SET used = used + 1 WHERE id = ?');
  const forget = db.prepare<[string]>('DELETE FROM number_blocks WHERE business_day < ?');
  const clear = db.prepare('DELETE FROM number_blocks');
  const add = db.transaction((blocks: readonly NumberBlock[], today: BusinessDay): void => {
    forget.run(today);
    for (const block of blocks) {
      insert.run(block.id, block.branchId, block.serviceId, block.businessDay, JSON.stringify(block));
    }
  });
  return {
    /** Adds blocks just reserved; those of earlier days go. */
    add: (blocks: readonly NumberBlock[], today: BusinessDay): void => add(blocks, today),
    /** The desk got another key: what was reserved to the old one is not its own any more. */
    clear: (): void => {
      clear.run();
    },
    /** The next number of the service today, durably taken; null when none is left. */
    take: (serviceId: ServiceId, today: BusinessDay): TakenNumber | null => {
      for (const row of ofService.all(serviceId, today)) {
        const block = NumberBlock.parse(JSON.parse(row.json));
        if (row.used >= block.count) continue;
        use.run(row.id);
        return { block, number: block.firstNumber + row.used, turn: block.firstTurn + row.used };
      }
      return null;
    },
    /** Numbers left today, by service; a service without any block is absent. */
    left: (branchId: BranchId, today: BusinessDay): Record<ServiceId, number> => {
      const left: Record<string, number> = {};
      for (const row of ofDay.all(branchId, today)) {
        const { count } = NumberBlock.parse(JSON.parse(row.json));
        left[row.serviceId] = (left[row.serviceId] ?? 0) + count - row.used;
      }
      return left;
    },
  };
}
