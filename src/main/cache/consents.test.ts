import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ConsentId, AttentionId } from '../../protocol/ids.ts';
import type { Consent } from '../../protocol/video/consent.ts';
import { ana, branch, fakeTicket, idOf } from '../testing/fake-office.ts';
import { createDeskHome, type DeskHome } from '../testing/test-desk.ts';
import { openTestStore } from '../testing/test-store.ts';

const CANARY = 'Cláusula canaria';

let home: DeskHome;
let opened: ReturnType<typeof openTestStore>;
beforeEach(() => {
  home = createDeskHome();
  opened = openTestStore(home);
  opened.store['viewer.set']({ agentId: ana, branchId: branch });
});
afterEach(() => {
  opened.close();
  home.remove();
});

const header = fakeTicket(1, 1_000);
const consent = (number: number, more: Partial<Consent> = {}): Consent => ({
  id: ConsentId.parse(idOf('c', number)),
  ticketId: header.id,
  attentionId: AttentionId.parse(idOf('a', 1)),
  termsId: null,
  isEdited: false,
  agentName: 'Ana',
  title: 'Contrato',
  text: CANARY,
  version: '1',
  language: 'es',
  sha256: '0'.repeat(64),
  isRequired: false,
  state: 'asked',
  askedAt: number,
  openedAt: null,
  readAt: null,
  answeredAt: null,
  folio: null,
  withdrawnAt: null,
  withdrawalFolio: null,
  receiptUrl: null,
  ...more,
});
const apply = (stream: string, from: number, ...bodies: object[]) =>
  opened.store['stream.apply'](
    JSON.stringify({ type: 'changes', stream, changes: bodies.map((body, index) => ({ seq: from + index, body })) }),
  );
const shown = () => opened.store['desk.ticket'](header.id)?.consents?.map(({ id, state }) => [id, state]);

test('[S2-41] [T10] askings are put and moved in the content that this stream carries, sealed, and leave with it', () => {
  apply(`branch:${branch}`, 1, { type: 'ticket.put', header });
  apply(`agent:${ana}`, 1, { type: 'consent.put', consent: consent(1) });
  expect(shown()).toBeUndefined();
  const content = { ticketId: header.id, contact: null, topicIds: [], events: [] };
  const [first, second] = [consent(1), consent(2)];
  apply(
    `agent:${ana}`,
    2,
    { type: 'content.put', content },
    { type: 'consent.put', consent: second },
    { type: 'consent.put', consent: first },
    { type: 'consent.put', consent: { ...first, state: 'unanswered' } },
  );
  expect(shown()).toEqual([
    [first.id, 'unanswered'],
    [second.id, 'asked'],
  ]);
  for (const name of readdirSync(home.databaseFolder)) {
    expect(readFileSync(join(home.databaseFolder, name)).includes(CANARY)).toBe(false);
  }
  apply(`agent:${ana}`, 6, { type: 'content.gone', ticketId: header.id });
  expect(shown()).toBeUndefined();
});
