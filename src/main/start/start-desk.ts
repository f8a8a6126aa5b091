import type { DownFrame, Wire } from '../../bridge/frame.ts';
import type { SessionFact } from '../../bridge/facts.ts';
import { startStore, StoreRefusedError } from '../cache/store-client.ts';
import type { DeskOptions } from './desk-options.ts';
import { joinDesk, type Desk } from './desk.ts';
import { createStandInDesk } from './stand-in-desk.ts';
import { finishWipe, wipeDesk } from './wipe-desk.ts';

type SignedOut = Extract<SessionFact, { state: 'signedOut' }>;

/**
 * Opens the files of a desk and starts it. Once the server says that the desk was revoked, all that it keeps is removed and a
 * new desk takes its place, in the same windows; it says why, and is enrolled by whoever signs in next.
 * @throws StoreRefusedError `inUse` when another process works in the folder
 */
export async function startDesk(options: DeskOptions): Promise<Desk> {
  const { log } = options;
  const windows = new Set<{ wire: Wire<DownFrame, unknown>; letGo: () => void }>();
  let isStopped = false;
  let wiping: Promise<void> | null = null;

  const revoked = (): void => {
    wiping ??= startOver()
      .catch((error: unknown) => {
        log.error({ err: error }, 'what this desk keeps could not be removed, or no new desk could be opened');
        takePlace(createStandInDesk({ ...standIn('deskNotReset'), language: desk.language() }));
      })
      .finally(() => {
        wiping = null;
      });
  };
  let opening = openDesk(options, (await finishWipe(options)) ? 'deskRevoked' : 'fresh', revoked);
  let desk = await opening;

  const standIn = (cause: SignedOut['cause']) => ({ fact: signedOut(cause), code: 'DESK_REVOKED' as const, log });

  const takePlace = (next: Desk): void => {
    desk = next;
    for (const window of windows) {
      window.letGo();
      window.letGo = next.attach(window.wire);
    }
  };

  const startOver = async (): Promise<void> => {
    log.warn('the server has revoked this desk: all that it keeps is removed');
    const before = await opening;
    await before.stop().catch((error: unknown) => log.error({ err: error }, 'the desk did not stop in order'));
    // What was asked of it has been answered by then.
    await new Promise((resolve) => setImmediate(resolve));
    takePlace(createStandInDesk({ ...standIn('deskRevoked'), language: before.language() }));
    await wipeDesk(options);
    if (isStopped) return;
    opening = openDesk(options, 'deskRevoked', revoked);
    takePlace(await opening);
  };

  return {
    attach: (wire) => {
      const window = { wire, letGo: desk.attach(wire) };
      windows.add(window);
      return () => {
        windows.delete(window);
        window.letGo();
      };
    },
    showLinkedTicket: (ticketId) => desk.showLinkedTicket(ticketId),
    machineLocked: () => desk.machineLocked(),
    isInVideo: () => desk.isInVideo(),
    isTryingDevices: () => desk.isTryingDevices(),
    language: () => desk.language(),
    stop: async () => {
      isStopped = true;
      await wiping;
      await desk.stop();
    },
  };
}

async function openDesk(options: DeskOptions, cause: SignedOut['cause'], revoked: () => void): Promise<Desk> {
  const { log, startThread, databaseFolder, markerPath, headersKept } = options;
  const key = await options.keyStore.key();
  try {
    const store = await startStore(startThread(), { databaseFolder, markerPath, key, headersKept }, options.onFatal);
    return await joinDesk(store, options, { cause, revoked });
  } catch (error) {
    if (!(error instanceof StoreRefusedError) || error.reason !== 'newer') throw error;
    log.error({ detail: error.message }, 'the files of this desk are of a newer version');
    const fact = { ...signedOut('clientTooOld'), storeNotice: { type: 'cacheNewer' } } as const;
    return createStandInDesk({ fact, code: 'CLIENT_TOO_OLD', language: options.machineLanguage(), log });
  }
}

const signedOut = (cause: SignedOut['cause']): SignedOut => ({
  state: 'signedOut',
  lastAgentEmails: [],
  cause,
  storeNotice: null,
});
