import '../../web/without-eval.ts';
import '../../web/ui/base.css';
import { createRoot } from 'react-dom/client';
import { createDeskClient } from '../bridge/desk-client.ts';
import type { DeskPipe } from '../bridge/desk-pipe.ts';
import { App } from './app.tsx';
import { DeskContext } from './desk-context.ts';
import { startDesk } from './start-desk.ts';

/** Draws the window, and again whenever the desk tells something. */
export function showScreens(pipe: DeskPipe): void {
  const root = document.querySelector('#root');
  if (!root) throw new Error('index.html has no #root');
  createRoot(root).render(
    <DeskContext value={startDesk(createDeskClient(pipe))}>
      <App />
    </DeskContext>,
  );
}
