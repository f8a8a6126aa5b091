import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { receiptWords } from '../../documents/receipt-lines.ts';
import type { Receipt } from '../../protocol/video/receipt.ts';
import { WithdrawPart } from './withdraw-part.tsx';

afterEach(cleanup);

test('[S2-41] the question before a withdrawal takes the focus', () => {
  const receipt = { signed: { statement: { title: 'Cambio de plan' } } } as Receipt;
  const api = { read: nothing, withdraw: nothing, file: () => Promise.resolve(null) };
  render(<WithdrawPart api={api} receipt={receipt} words={receiptWords('es')} onChange={() => undefined} />);
  fireEvent.click(screen.getByRole('button'));
  expect(document.activeElement).toBe(screen.getByRole('heading', { name: /Cambio de plan/ }));
});

const nothing = (): Promise<'offline'> => Promise.resolve('offline');
