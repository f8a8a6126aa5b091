/** A window's page without a browser: the preload script really runs, in a context of its own; the test plays the page. */
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { acrossBridge, copied } from './context-bridge.ts';
import type { DoubleFrame } from './frame.ts';

export interface Page {
  /** Delivers a message of main to the preload script. */
  hear: (channel: string, args: unknown[]) => void;
  close: () => Promise<void>;
}

export interface PageHost {
  preload: string | undefined;
  /** A message of the preload script, from the frame that it runs in. */
  receive: (channel: string, payload: unknown, frame: DoubleFrame) => void;
}

/** What the page finds in its window: the names that the preload script exposed. */
export type World = Record<string, unknown>;

export interface NodePage extends Page {
  world: World;
}

export function openNodePage(url: string, frame: DoubleFrame, { preload, receive }: PageHost): NodePage {
  const world: World = {};
  const fromMain = new EventEmitter();
  if (preload !== undefined) runPreload(preload, { world, fromMain, url, frame, receive });
  return {
    world,
    hear: (channel, args) => void fromMain.emit(channel, {}, ...args),
    close: async () => {
      fromMain.removeAllListeners();
    },
  };
}

interface PreloadSurroundings {
  world: World;
  fromMain: EventEmitter;
  url: string;
  frame: DoubleFrame;
  receive: PageHost['receive'];
}

function runPreload(path: string, { world, fromMain, frame, receive }: PreloadSurroundings): void {
  const electron = {
    contextBridge: {
      exposeInMainWorld: (name: string, api: unknown) => {
        if (Object.hasOwn(world, name)) throw new Error(`Cannot bind an API on top of an existing property: ${name}`);
        world[name] = acrossBridge(api);
      },
    },
    ipcRenderer: {
      on: (channel: string, listener: (...args: unknown[]) => void) => void fromMain.on(channel, listener),
      off: (channel: string, listener: (...args: unknown[]) => void) => void fromMain.off(channel, listener),
      send: (channel: string, payload: unknown) => receive(channel, copied(payload), frame),
    },
  };
  const require = (name: string): unknown => {
    if (name !== 'electron') throw new Error(`module not found: ${name}`);
    return electron;
  };
  // A sandboxed preload script sees no Node: what is not here does not exist.
  runInNewContext(`(function (require, module, exports, location) {${readFileSync(path, 'utf8')}\n})`, {})(
    require,
    { exports: {} },
    {},
    { origin: frame.origin, href: frame.url },
  );
}
