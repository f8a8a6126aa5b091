import { act, cleanup, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { GuestFile } from '../../protocol/files/shared-file.ts';
import type { FileId } from '../../protocol/ids.ts';
import { sampleConsent } from '../testing/sample-consent.ts';
import { called } from '../testing/sample-guest.ts';
import { TEN_42 } from '../testing/sample-states.ts';
import { videoUnderTest } from '../testing/video-under-test.tsx';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const file: GuestFile = {
  id: '0198f0d0-0000-7000-8000-0000000000f1' as FileId,
  from: 'agent',
  name: 'contrato.pdf',
  kind: 'application/pdf',
  bytes: 1_000,
  width: null,
  height: null,
  hasPreview: false,
  wasCleaned: false,
  sharedAt: TEN_42,
};
const finished = { phase: 'finished', attentionId: null, agentName: null } as const;

async function inCall() {
  const page = videoUnderTest();
  await page.goIn();
  page.say(called());
  page.hear({
    type: 'messages',
    messages: [{ seq: 1, from: 'agent', text: 'Le envié el contrato', sentAt: TEN_42, agentName: 'Luis', key: null }],
    read: { byAgent: 0, byGuest: 0 },
  });
  return page;
}
const heading = () => screen.getByRole('heading', { level: 1 }).textContent;

describe('the page after the end', () => {
  it('[S2-46] [S2-47] keeps the chat to be read and the files to be saved, and nothing can be written any more', async () => {
    const page = await inCall();
    page.say({ ...finished, files: [file] });
    expect(heading()).toBe('Su atención terminó');
    expect(within(screen.getByRole('region', { name: 'Chat' })).getByText('Le envié el contrato')).toBeDefined();
    const link = screen.getByRole('link', { name: 'Descargar contrato.pdf' });
    expect(link.getAttribute('href')).toBe(`/v1/guest/files/${file.id}`);
    expect(screen.queryByRole('textbox')).toBeNull();
    expect(screen.queryByRole('button', { name: 'Editar' })).toBeNull();
    expect(page.live().close).toHaveBeenCalled();
  });

  it('[T1] shows nothing of it to whoever was put out', async () => {
    const page = await inCall();
    page.say({ ...called(), files: [file] });
    page.refuse('LINK_INVALID');
    expect(screen.queryByText('Le envié el contrato')).toBeNull();
    expect(screen.queryByRole('link')).toBeNull();
  });

  it('[S2-41] [T24] waits for the folio of what was asked and not answered, shows it, and only then closes its line', async () => {
    const page = await inCall();
    const asked = sampleConsent();
    page.say({ ...called(), consent: asked });
    page.say({ ...finished, consent: { ...asked, state: 'unanswered' } });
    expect(heading()).toBe('Su atención terminó');
    expect(page.media.live()).toEqual([]);
    expect(page.live().close).not.toHaveBeenCalled();
    const receiptUrl = 'https://a.test/receipt#token';
    const folio = '7K3Q-9M2H-4TXD';
    page.say({ ...finished, consent: { ...asked, state: 'unanswered', folio, receiptUrl, answeredAt: TEN_42 } });
    const list = within(screen.getByRole('region', { name: 'Sus comprobantes' }));
    expect(list.getByText(folio)).toBeDefined();
    expect(list.getByRole('link', { name: 'Ver comprobante y PDF' }).getAttribute('href')).toBe(receiptUrl);
    expect(page.live().close).toHaveBeenCalled();
    await act(async () => list.getByRole('button', { name: 'Descargar el comprobante (PDF)' }).click());
    expect(page.saveReceipt.mock.calls).toEqual([[receiptUrl, folio]]);
    expect(screen.queryByRole('alert')).toBeNull();
    page.saveReceipt.mockResolvedValue(false);
    await act(async () => list.getByRole('button', { name: 'Descargar el comprobante (PDF)' }).click());
    expect(screen.getByRole('alert').textContent).toMatch(/No llegó el comprobante/);
  });

  it('[S2-41] gives the line up after a minute, and stays on the page of the end whatever the server says then', async () => {
    const page = await inCall();
    const asked = sampleConsent();
    page.say({ ...called(), consent: asked });
    page.say({ ...finished, consent: { ...asked, state: 'unanswered' } });
    await act(async () => vi.advanceTimersByTime(59_999));
    expect(page.live().close).not.toHaveBeenCalled();
    await act(async () => vi.advanceTimersByTime(1));
    expect(page.live().close).toHaveBeenCalledOnce();
    page.refuse('LINK_INVALID');
    expect(heading()).toBe('Su atención terminó');
  });
});
