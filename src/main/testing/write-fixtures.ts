import type { CommandBody } from '../../protocol/commands/agent-command.ts';
import type { AttentionId, BlockId, CommandId, ContactId, TicketId, TopicId } from '../../protocol/ids.ts';
import type { BusinessDay } from '../../protocol/instant.ts';
import { openTestStore, outboxEntry } from './test-store.ts';
import { ana, branch, caja, company, fakeOffice, fakeStatus, fakeTicket, idOf } from './fake-office.ts';
import { fixtureHome, FIXTURE_AT } from './fixture-home.ts';

/**
 * Writes the files of a desk as this version leaves them, sealed with the fixtures' key, into the folder named: only for a new
 * set. Those that are there stay as they are, since they stand for desks out there.
 */
const [name] = process.argv.slice(2);
if (name === undefined) throw new Error('The name of the new set is missing.');
const { home } = fixtureHome(name);
const { store, close } = openTestStore(home);

const day = '2026-11-22' as BusinessDay;
const block = { id: idOf<BlockId>('10', 1), branchId: branch, serviceId: caja, businessDay: day, letter: 'C' };
const frame = (stream: string, bodies: object[]): void => {
  const changes = bodies.map((body, index) => ({ seq: index + 1, body }));
  store['stream.apply'](JSON.stringify({ type: 'changes', stream, changes }));
};
frame(`company:${company}`, [{ type: 'office.put', office: fakeOffice() }]);
frame(
  `branch:${branch}`,
  [1, 2, 3, 4, 5].map((number) => ({ type: 'ticket.put', header: fakeTicket(number, FIXTURE_AT) })),
);
frame(`agent:${ana}`, [
  { type: 'status.put', status: fakeStatus(ana, FIXTURE_AT) },
  {
    type: 'content.put',
    content: { ticketId: fakeTicket(1, FIXTURE_AT).id, contact: null, topicIds: [], events: [] },
  },
]);

const ticketId: TicketId = fakeTicket(1, FIXTURE_AT).id;
const contactId = idOf<ContactId>('8', 1);
const attentionId = idOf<AttentionId>('9', 1);
const bodies: CommandBody[] = [
  { type: 'status.choose', state: 'online', cause: 'agent' },
  { type: 'status.chooseNext', state: 'lunch' },
  { type: 'status.setManual', isManual: true },
  { type: 'note.add', ticketId, text: 'Una nota de noviembre' },
  { type: 'topics.choose', ticketId, topicIds: [idOf<TopicId>('7', 1)] },
  { type: 'contact.edit', ticketId, contactId, changes: { phone: { from: null, to: '+573001234567' } } },
  { type: 'contact.link', ticketId, customer: { type: 'existing', contactId } },
  { type: 'attention.finish', ticketId, attentionId, epoch: 1 },
  {
    type: 'ticket.attendNow',
    ticketId: idOf<TicketId>('6', 1),
    attentionId: idOf<AttentionId>('9', 2),
    serviceId: caja,
    customer: { type: 'none' },
    blockId: block.id,
    number: 1_000,
    turn: 100,
  },
];
bodies.forEach((body, index) => store['outbox.add'](outboxEntry({ id: idOf<CommandId>('5', index + 1), body })));
const refused = idOf<CommandId>('5', 99);
store['outbox.add'](outboxEntry({ id: refused, text: 'Una nota que no se tomó' }));
const error = { code: 'FORBIDDEN', title: 'No puede', retryable: false, requestId: 'r' } as const;
store['outbox.answer']([{ id: refused, status: 'refused', error }]);

store['blocks.add']([{ ...block, firstNumber: 1_000, firstTurn: 100, count: 20 }], day);
store['blocks.take'](caja, day);
store['run.start']('run', FIXTURE_AT);
store['ledger.add']({ agentId: ana, kind: 'online', cause: 'agent', at: FIXTURE_AT, monotonicAt: 1, runId: 'run' });
store['secret.put']('clockOffset', 5);
store['draft.save'](ana, ticketId, 'A medio escribir');
store['preferences.set']({ theme: 'dark', language: 'pt', soundVolume: 0.2 });
store['stream.caughtUp'](FIXTURE_AT);
close();
