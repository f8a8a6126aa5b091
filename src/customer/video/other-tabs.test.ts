import { afterEach, expect, it, vi } from 'vitest';
import { listenToTabs, type OtherTabs } from './other-tabs.ts';

const open: OtherTabs[] = [];
const tab = (token: string) => {
  const taken = vi.fn<() => void>();
  const tabs = listenToTabs(token, taken);
  open.push(tabs);
  return { ...tabs, taken };
};
afterEach(() => {
  for (const each of open.splice(0)) each.close();
});

it('[B62] the tab that entered last goes on; tabs at other links are left alone', async () => {
  const [first, second, other] = [tab('one'), tab('one'), tab('two')];
  second.claim();
  await vi.waitFor(() => expect(first.taken).toHaveBeenCalledOnce());
  expect(second.taken).not.toHaveBeenCalled();
  // What comes after it has come before it as well.
  other.claim();
  const last = tab('two');
  last.claim();
  await vi.waitFor(() => expect(other.taken).toHaveBeenCalledOnce());
  expect(first.taken).toHaveBeenCalledOnce();
});
