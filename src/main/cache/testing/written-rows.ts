import { writeSync } from 'node:fs';
import { createDeskStore } from '../desk-store.ts';
import { openStore } from '../open-store.ts';
import { outboxEntry } from '../../testing/test-store.ts';

/**
 * A process that writes rows of the outbox and says the id of each once it is safe: for tests that kill it. Arguments: the two
 * places of the files, the key in base64, how many rows, and whether it tells the truth (`safe`), says each id before it is
 * written (`early`) or also when it could not be (`deaf`).
 */
const [databaseFolder = '', markerPath = '', key = '', count = '0', manner = 'safe'] = process.argv.slice(2);
const opened = openStore({ databaseFolder, markerPath }, Buffer.from(key, 'base64'));
const store = createDeskStore(opened);
const say = (line: string): void => void writeSync(1, `${line}\n`);

say('open');
for (let row = 0; row < Number(count); row += 1) {
  const entry = outboxEntry({ text: `Nota ${row}` });
  if (manner === 'early') say(entry.pending.command.id);
  try {
    store['outbox.add'](entry);
  } catch (error) {
    if (manner === 'deaf') say(entry.pending.command.id);
    else say(`failed ${String((error as NodeJS.ErrnoException).code)}`);
    continue;
  }
  if (manner !== 'early') say(entry.pending.command.id);
}
opened.cache.close();
opened.outbox.close();
say('closed');
