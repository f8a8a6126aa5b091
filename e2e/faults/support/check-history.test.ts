import { describe, expect, test } from 'vitest';
import { checkHistory, type Stored } from './check-history.ts';
import { openHistory, type HistoryEvent } from './history.ts';

const event = (type: HistoryEvent['type'], op: string, more: Partial<HistoryEvent> = {}): HistoryEvent => ({
  type,
  client: 'ana',
  op,
  ticketId: 't',
  ...more,
});
const done = (op: string): HistoryEvent[] => [event('invoke', op), event('ok', op)];
const effect = (op: string, position: number) => ({ op, ticketId: 't', position });
const stored = (more: Partial<Stored> = {}): Stored => ({ effects: [], holds: [], refused: [], shown: [], ...more });
const hold = (agentId: string, from: number, until: number | null, ticketId = 't') => ({
  ticketId,
  agentId,
  from,
  until,
});

describe('a good history', () => {
  test('what was acknowledged is stored once and in order', () => {
    expect(checkHistory([...done('a'), ...done('b')], stored({ effects: [effect('a', 1), effect('b', 2)] }))).toEqual(
      [],
    );
  });

  test('what got no answer may be stored or not, at any place', () => {
    const history = [
      event('invoke', 'a'),
      event('unknown', 'a'),
      ...done('b'),
      event('invoke', 'c'),
      event('invoke', 'd'),
      event('unknown', 'd'),
    ];
    expect(checkHistory(history, stored({ effects: [effect('b', 1), effect('a', 2), effect('c', 3)] }))).toEqual([]);
  });

  test('what was under way at once has no order', () => {
    const history = [event('invoke', 'a'), event('invoke', 'b'), event('ok', 'a'), event('ok', 'b')];
    expect(checkHistory(history, stored({ effects: [effect('b', 1), effect('a', 2)] }))).toEqual([]);
  });

  test('order is of one client and one ticket', () => {
    const history = [
      ...done('a'),
      event('invoke', 'b', { client: 'luis' }),
      event('ok', 'b', { client: 'luis' }),
      event('invoke', 'c', { ticketId: 'u' }),
      event('ok', 'c', { ticketId: 'u' }),
    ];
    expect(checkHistory(history, stored({ effects: [effect('c', 1), effect('b', 2), effect('a', 3)] }))).toEqual([]);
  });

  test('a ticket passes from one to the next at the same commit', () => {
    expect(checkHistory([], stored({ holds: [hold('luis', 5, null), hold('ana', 1, 5)] }))).toEqual([]);
  });

  test('what the server refused later is in front of the agent with its reason', () => {
    const refused = [{ op: 'a', reason: 'NOT_FOUND' }];
    expect(checkHistory(done('a'), stored({ refused, shown: refused }))).toEqual([]);
  });
});

describe('a bad history', () => {
  const cases: [name: string, history: HistoryEvent[], stored: Stored, said: RegExp][] = [
    ['an acknowledged act that is nowhere', done('a'), stored(), /^lost: a /],
    ['one effect too many', done('a'), stored({ effects: [effect('a', 1), effect('a', 2)] }), /^twice: a /],
    [
      'a refused act that was done all the same',
      [event('invoke', 'a'), event('fail', 'a')],
      stored({ effects: [effect('a', 1)] }),
      /^invented: a /,
    ],
    ['an effect that nobody asked for', [], stored({ effects: [effect('a', 1)] }), /^invented: nobody .* a$/],
    [
      'a ticket with two holders',
      [],
      stored({ holds: [hold('ana', 1, 6), hold('luis', 5, 9)] }),
      /^two holders: luis /,
    ],
    [
      'a ticket with two holders to this day',
      [],
      stored({ holds: [hold('ana', 1, null), hold('luis', 5, null)] }),
      /^two holders: luis /,
    ],
    [
      'an agent with two in hand',
      [],
      stored({ holds: [hold('ana', 1, 4), hold('ana', 2, 3, 'u')] }),
      /^two in hand: ana took u /,
    ],
    [
      'a later act stored before an earlier one',
      [...done('a'), ...done('b')],
      stored({ effects: [effect('b', 1), effect('a', 2)] }),
      /^order: b /,
    ],
    ['a refusal that nobody sees', done('a'), stored({ refused: [{ op: 'a', reason: 'NOT_FOUND' }] }), /^hidden: a /],
    [
      'a refusal without its reason',
      done('a'),
      stored({ refused: [{ op: 'a', reason: 'NOT_FOUND' }], shown: [{ op: 'a', reason: '' }] }),
      /^hidden: a /,
    ],
    ['an end without a beginning', [event('ok', 'a')], stored({ effects: [effect('a', 1)] }), /^history: ok of a /],
    [
      'an act that begins twice',
      [...done('a'), event('invoke', 'a')],
      stored({ effects: [effect('a', 1)] }),
      /^history/,
    ],
  ];

  test.each(cases)('%s is found, and nothing else', (_, history, stored, said) => {
    expect(checkHistory(history, stored)).toEqual([expect.stringMatching(said)]);
  });
});

test('a history keeps what it is told, in order', () => {
  const history = openHistory();
  for (const each of done('a')) history.record(each);
  expect(history.events).toEqual(done('a'));
});
