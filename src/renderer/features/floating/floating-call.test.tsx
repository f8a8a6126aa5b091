import { act, screen, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { callByHand, connect, withFakeMedia } from '../../testing/open-video.ts';
import { press } from '../../testing/render-desk.tsx';
import * as facts from '../../testing/sample-facts.ts';
import * as tickets from '../../testing/sample-tickets.ts';

withFakeMedia();

/** The browser's: another document of the same world, which says when it goes. */
class SmallWindow extends EventTarget {
  readonly document = document.body.appendChild(document.createElement('iframe')).contentDocument!;
  isClosed = false;
  close = (): void => {
    if (this.isClosed) return;
    this.isClosed = true;
    this.dispatchEvent(new Event('pagehide'));
  };
}
const openSmall = async () => {
  const small = new SmallWindow();
  vi.stubGlobal('documentPictureInPicture', { requestWindow: () => Promise.resolve(small) });
  vi.spyOn(window, 'focus').mockReturnValue();
  const desk = await callByHand();
  await connect(desk.call());
  await press('Ventana flotante');
  return { ...desk, small, inside: within(small.document.body) };
};

test('[S2-34] [S2-38] [S2-39] the call goes on there with its picture, microphone and camera, whatever the agent looks at', async () => {
  const { small, inside, call, store } = await openSmall();
  expect(small.document.documentElement.lang).toBe('es');
  expect(inside.getByLabelText('Imagen de María Fernanda Ospina Gil')).toBeDefined();
  await act(async () => store.getState().openTicket(tickets.waitingRows[0]!.header.id));
  await press('Micrófono', { inside });
  expect(call().told).toContain('microphone on');
  await press('Volver a la ventana principal', { inside });
  expect(small.isClosed).toBe(true);
  expect(small.document.body.childElementCount).toBe(0);
  await act(async () => store.getState().openTicket(null));
  expect(screen.getByRole('button', { name: 'Ventana flotante' })).toBeDefined();
});

test('[S2-36] [T25] it closes with the attention', async () => {
  const { small, tell } = await openSmall();
  await tell('current.changed', facts.current(null));
  expect(small.isClosed).toBe(true);
});

test('where the browser floats pictures alone, it is asked for that of the customer', async () => {
  const asked: HTMLVideoElement[] = [];
  Object.defineProperty(document, 'pictureInPictureEnabled', { configurable: true, value: true });
  Object.assign(HTMLVideoElement.prototype, {
    requestPictureInPicture(this: HTMLVideoElement) {
      asked.push(this);
      return Promise.resolve({});
    },
  });
  const desk = await callByHand();
  await connect(desk.call());
  await press('Ventana flotante');
  Reflect.deleteProperty(document, 'pictureInPictureEnabled');
  Reflect.deleteProperty(HTMLVideoElement.prototype, 'requestPictureInPicture');
  expect(asked.map(({ ariaLabel }) => ariaLabel)).toEqual(['Imagen de María Fernanda Ospina Gil']);
});

test('where the browser has no such window there is no button', async () => {
  const desk = await callByHand();
  expect(desk.column.queryByRole('button', { name: 'Ventana flotante' })).toBeNull();
});
