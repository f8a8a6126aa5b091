import type { UpFrame } from '../../bridge/frame.ts';

/**
 * Whether frames get through to the desk's main side. `replaced`: another window took over. `refused`: the address of this
 * window is no longer valid, as after a restart of the desk.
 */
export type PipeState = 'connecting' | 'open' | 'lost' | 'replaced' | 'refused';

/** The way to the desk's main side. Frames come in as they were sent: `createDeskClient` parses them. */
export interface DeskPipe {
  /** A frame posted while the pipe is not open is dropped. */
  post: (frame: UpFrame) => void;
  /** What came before anybody listened is told to the first who does, once they have returned to their caller. */
  listen: (take: (frame: unknown) => void) => () => void;
  state: () => PipeState;
  watch: (take: (state: PipeState) => void) => () => void;
  /** Makes this window the live one again. */
  takeOver: () => void;
}
