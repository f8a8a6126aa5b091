import type { DownFrame, UpFrame, Wire } from '../../bridge/frame.ts';
import type { DeskPipe } from './desk-pipe.ts';

declare global {
  interface Window {
    /** Put there by the preload script in Electron, absent in the browser desk. */
    readonly desk?: Wire<UpFrame, DownFrame>;
  }
}

const noWatcher = (): void => {};

/** In Electron the pipe lives as long as the window. */
export function electronPipe(desk: Wire<UpFrame, DownFrame>): DeskPipe {
  return {
    post: desk.post,
    listen: desk.listen,
    state: () => 'open',
    watch: () => noWatcher,
    takeOver: noWatcher,
  };
}
