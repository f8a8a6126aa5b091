import { writeSync } from 'node:fs';
import { ChangeHub } from '../changes/change-hub.ts';
import { RefusalLog } from '../commands/refusal-log.ts';
import { Takes } from '../commands/takes.ts';
import { createDispatcher } from '../dispatch/dispatcher.ts';
import { createEvidenceBook } from '../evidence/evidence-book.ts';
import type { Journal } from '../evidence/journal.ts';
import { createLog } from '../start/log.ts';
import { connect } from '../store/connect.ts';
import { answerConsent } from '../video/guest-consents.ts';

/**
 * A server process in which a guest accepts, for tests that kill it on the way: says `click`, then the folio once it may be shown.
 * Arguments: database, folder of the journal, asking, hash of its text, the guest's cookie, and whether the line is on the disk
 * before the commit (`safe`) or is written later (`early`).
 */
const [url = '', folder = '', id = '', sha256 = '', browser = '', manner = 'safe'] = process.argv.slice(2);
const LATE_MS = 200;

const appendLater = (journal: Journal, line: string): Promise<void> => {
  setTimeout(() => void journal.append(line), LATE_MS);
  return Promise.resolve();
};

const say = (line: string): void => void writeSync(1, `${line}\n`);
const store = connect(url, () => undefined);
const log = createLog({ write: () => undefined });
const clock = Date.now;
const book = createEvidenceBook({ store, log, clock, folder, ...(manner === 'early' && { append: appendLater }) });
const context = {
  store,
  clock,
  log,
  publicUrl: 'http://ventanilla.test',
  hub: new ChangeHub(store, log),
  dispatcher: createDispatcher(),
  takes: new Takes(),
  refusals: new RefusalLog(store),
};
await book.open();
say('click');
const guest = { browser, ip: '203.0.113.7', userAgent: 'Teléfono' };
const { folio } = await answerConsent(context, book, guest, { id, sha256, answer: 'accepted' });
say(folio ?? 'no folio');
await new Promise((resolve) => setTimeout(resolve, manner === 'early' ? 2 * LATE_MS : 0));
await book.close();
await store.close();
