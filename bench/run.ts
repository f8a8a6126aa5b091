/** `npm run bench`: each work beside its floor in the same run, as ratios. `--quick` leaves the peers out. */
import { loadavg } from 'node:os';
import { coldSyncRow } from './rows/cold-sync.ts';
import { issueTicketRow } from './rows/issue-ticket.ts';
import type { Row } from './row.ts';

const rows: (() => Promise<Row>)[] = [issueTicketRow, () => coldSyncRow()];

const load = () => loadavg()[0]?.toFixed(2) ?? '?';
console.log(`Node ${process.version} · load ${load()}`);
for (const bench of rows) {
  const { work, floor, goal, comparison, gate } = await bench();
  const reach =
    goal === null ? 'no goal set' : `goal ≤ ${goal}: ${comparison.ratio <= goal ? 'reached' : 'NOT REACHED'}`;
  const verdict = comparison.isConclusive ? reach : `inconclusive, ${reach}`;
  console.log(
    [
      `\n${work}`,
      `  beside   ${floor}`,
      `  ours     ${comparison.oursMs.toFixed(1)} ms`,
      `  floor    ${comparison.theirsMs.toFixed(1)} ms`,
      `  ratio    ${comparison.ratio.toFixed(2)} (${verdict})`,
      `  control  ${comparison.control.toFixed(3)} over ${comparison.pairs} pairs`,
      `  right    ${gate}`,
    ].join('\n'),
  );
}
console.log(`\nload ${load()} at the end`);
