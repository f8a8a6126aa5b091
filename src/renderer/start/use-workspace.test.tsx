import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { useWorkspace } from './use-workspace.ts';

afterEach(cleanup);

test('a workspace whose script could not be read once is read again when the session changes', async () => {
  const Workspace = () => null;
  const read = vi.fn(() => Promise.resolve({ Workspace }));
  read.mockRejectedValueOnce(new TypeError('Failed to fetch dynamically imported module'));
  const { result, rerender } = renderHook(({ state }) => useWorkspace(state, read), {
    initialProps: { state: null as string | null },
  });
  expect(read).not.toHaveBeenCalled();
  expect(result.current).toEqual({ Workspace: null, hasFailed: false });
  await act(async () => rerender({ state: 'signedOut' }));
  expect(result.current).toEqual({ Workspace: null, hasFailed: true });
  await act(async () => rerender({ state: 'working' }));
  expect(result.current).toEqual({ Workspace, hasFailed: false });
  await act(async () => rerender({ state: 'signedOut' }));
  expect(read).toHaveBeenCalledTimes(2);
});
