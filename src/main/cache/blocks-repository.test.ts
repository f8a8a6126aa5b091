import { afterEach, beforeEach, expect, test } from 'vitest';
import type { BlockId } from '../../protocol/ids.ts';
import type { NumberBlock } from '../../protocol/number-block.ts';
import { branch, caja, idOf, ventas } from '../testing/fake-office.ts';
import { createDeskHome, type DeskHome } from '../testing/test-desk.ts';
import { openTestStore } from '../testing/test-store.ts';

let home: DeskHome;
let opened: ReturnType<typeof openTestStore>;
beforeEach(() => {
  home = createDeskHome();
  opened = openTestStore(home);
});
afterEach(() => {
  opened.close();
  home.remove();
});

const TODAY = '2026-11-22';
const block = (number: number, more: Partial<NumberBlock> = {}): NumberBlock => ({
  id: idOf<BlockId>('9', number),
  branchId: branch,
  serviceId: caja,
  businessDay: TODAY,
  letter: 'C',
  firstNumber: number * 100,
  firstTurn: number * 10,
  count: 3,
  ...more,
});
const take = () => {
  const taken = opened.store['blocks.take'](caja, TODAY);
  return taken && [taken.number, taken.turn];
};

test('numbers are taken from the first block on, each once, and none is left after the last', () => {
  opened.store['blocks.add']([block(1), block(2)], TODAY);
  expect([take(), take(), take(), take()]).toEqual([
    [100, 10],
    [101, 11],
    [102, 12],
    [200, 20],
  ]);
  expect(opened.store['blocks.left'](branch, TODAY)).toEqual({ [caja]: 2 });
  take();
  take();
  expect(take()).toBeNull();
});

test('[R9] the same block told twice gives no number twice', () => {
  opened.store['blocks.add']([block(1)], TODAY);
  take();
  opened.store['blocks.add']([block(1)], TODAY);
  expect(take()).toEqual([101, 11]);
});

test('a number taken before the desk died is not given again', () => {
  opened.store['blocks.add']([block(1)], TODAY);
  take();
  opened.close();
  opened = openTestStore(home);
  expect(take()).toEqual([101, 11]);
});

test('blocks serve only their service and their business day', () => {
  opened.store['blocks.add']([block(1, { serviceId: ventas }), block(2, { businessDay: '2026-11-23' })], TODAY);
  expect(take()).toBeNull();
  expect(opened.store['blocks.take'](caja, '2026-11-23')?.number).toBe(200);
});
