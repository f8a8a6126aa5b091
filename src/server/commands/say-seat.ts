import type { Work } from '../changes/work.ts';
import { readSeats } from '../queries/read-snapshot.ts';

/** Tells the branch who sits at the module of an agent, and whether their desk is there. */
export async function saySeat(work: Work, branchId: string, agentId: string): Promise<void> {
  const seats = await readSeats(work.tx, branchId, work.now);
  const seat = seats.find((found) => found.agentId === agentId);
  if (seat) work.say('branch', branchId, { type: 'seat.put', seat });
}
