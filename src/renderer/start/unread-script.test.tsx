import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { createToasts } from '../../web/ui/create-toasts.ts';
import { createDeskClient } from '../bridge/desk-client.ts';
import { createUploads } from '../features/files/create-uploads.ts';
import { createVideo } from '../features/video/create-video.ts';
import { createDeskStore } from '../stores/create-desk-store.ts';
import { mirrorFacts } from '../stores/mirror-facts.ts';
import { createFakeDesk } from '../testing/fake-desk.ts';
import { scenes } from '../testing/scenes.ts';
import { App } from './app.tsx';
import { createClock } from './clock.ts';
import { DeskContext } from './desk-context.ts';

vi.mock('../workspace/workspace.tsx', () => {
  throw new TypeError('Failed to fetch dynamically imported module');
});
vi.mock('./show-screens.tsx', () => {
  throw new TypeError('Failed to fetch dynamically imported module');
});
vi.mock('../bridge/connect-pipe.ts', () => ({ connectPipe: () => createFakeDesk().pipe }));

afterEach(cleanup);

test('an agent who works while the script of the workspace cannot be read is told so, and can load the page again', async () => {
  const fake = createFakeDesk();
  const desk = createDeskClient(fake.pipe);
  const store = createDeskStore();
  mirrorFacts(desk, store);
  const video = createVideo(desk, store);
  const uploads = createUploads(desk, store);
  const services = { desk, store, clock: createClock(), toasts: createToasts(), video, uploads };
  await act(async () => scenes.idle!(fake));
  render(
    <DeskContext value={{ ...services, playChime: () => undefined }}>
      <App />
    </DeskContext>,
  );
  expect((await screen.findByRole('alert')).textContent).toContain('No se pudo abrir la pantalla de trabajo.');
  expect(screen.getByRole('button', { name: 'Volver a cargar' })).toBeDefined();
});

test('a page whose screens cannot be read offers to be loaded again', async () => {
  const root = document.createElement('div');
  root.id = 'root';
  document.body.append(root);
  await import('./main.ts');
  expect(await screen.findByRole('button', { name: /Volver a cargar/ })).toBeDefined();
  root.remove();
});
