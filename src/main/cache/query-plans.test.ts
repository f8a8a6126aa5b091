import { afterEach, beforeEach, expect, test } from 'vitest';
import { ana, branch, company, fakeOffice, fakeTicket } from '../testing/fake-office.ts';
import { costlyLines, queryPlans } from '../testing/query-plans.ts';
import { createDeskHome, type DeskHome } from '../testing/test-desk.ts';
import { openTestStore } from '../testing/test-store.ts';

let home: DeskHome;
beforeEach(() => {
  home = createDeskHome();
});
afterEach(() => home.remove());

test('lists, filters, searches and counters read no more headers than they give, and sort none', () => {
  const { store, cache, close } = openTestStore(home);
  const frame = (stream: string, bodies: object[], from = 0): string =>
    JSON.stringify({
      type: 'changes',
      stream,
      changes: bodies.map((body, index) => ({ seq: from + index + 1, body })),
    });
  const put = (number: number): object => ({ type: 'ticket.put', header: fakeTicket(number, 1_000) });
  store['stream.apply'](frame(`company:${company}`, [{ type: 'office.put', office: fakeOffice() }]));
  store['stream.apply'](frame(`branch:${branch}`, [put(1), put(2), put(3)]));
  const plans = queryPlans(cache, () => {
    store['viewer.set']({ agentId: ana, branchId: branch });
    expect(store['desk.changes'](2_000).waiting?.count).toBe(3);
    store['desk.window'](0, 50);
    store['desk.heldWindow'](0, 50);
    expect(store['desk.ticket'](fakeTicket(2, 1_000).id)).not.toBeNull();
    expect(store['desk.search']('maria', 50)).toHaveLength(3);
    store['stream.apply'](frame(`branch:${branch}`, [put(4)], 3));
    expect(store['desk.changes'](3_000).waiting?.count).toBe(4);
  });
  expect([...plans.keys()].filter((source) => source.includes('headers_search MATCH'))).toHaveLength(1);
  expect([...plans].filter(([, plan]) => costlyLines(plan).length > 0)).toEqual([]);
  close();
});

test('twin: a list that scans and sorts is found', () => {
  const { cache, close } = openTestStore(home);
  const plans = queryPlans(cache, () => {
    cache.prepare('SELECT id FROM headers ORDER BY display_name LIMIT ?').all(50);
  });
  expect([...plans.values()].flatMap(costlyLines)).toEqual(['SCAN headers', 'USE TEMP B-TREE FOR ORDER BY']);
  close();
});
