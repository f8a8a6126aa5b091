import type { Session } from 'electron';
import { APP_ORIGIN } from './app-address.ts';

type RequestHandler = NonNullable<Parameters<Session['setPermissionRequestHandler']>[0]>;
export type Permission = Parameters<RequestHandler>[1];

/** `page`: our own page, top frame. `call`: the same, while a video attention is on screen. `devices`: and while they are tried. */
type Rule = 'never' | 'page' | 'call' | 'devices';

/** Every permission that this Electron knows; one that a newer Electron adds does not compile until it is decided here. */
const rules: Readonly<Record<Permission, Rule>> = {
  ar: 'never',
  'automatic-fullscreen': 'never',
  'background-fetch': 'never',
  'background-sync': 'never',
  'captured-surface-control': 'never',
  'clipboard-read': 'never',
  // "Copiar" and the copied tables.
  'clipboard-sanitized-write': 'page',
  'deprecated-sync-clipboard-read': 'never',
  'display-capture': 'call',
  fileSystem: 'never',
  fullscreen: 'never',
  geolocation: 'never',
  'geolocation-approximate': 'never',
  'hand-tracking': 'never',
  hid: 'never',
  'idle-detection': 'never',
  keyboardLock: 'never',
  'local-fonts': 'never',
  'local-network': 'never',
  'local-network-access': 'never',
  'loopback-network': 'never',
  media: 'devices',
  mediaKeySystem: 'never',
  midi: 'never',
  midiSysex: 'never',
  nfc: 'never',
  // Main shows them; the page has no need to.
  notifications: 'never',
  openExternal: 'never',
  'payment-handler': 'never',
  'periodic-background-sync': 'never',
  'persistent-storage': 'never',
  pointerLock: 'never',
  'screen-wake-lock': 'never',
  sensors: 'never',
  serial: 'never',
  'smart-card': 'never',
  'speaker-selection': 'devices',
  'storage-access': 'never',
  'system-wake-lock': 'never',
  'top-level-storage-access': 'never',
  unknown: 'never',
  usb: 'never',
  vr: 'never',
  'web-app-installation': 'never',
  'web-printing': 'never',
  'window-management': 'never',
};

export const PERMISSIONS = Object.keys(rules) as Permission[];

export interface PermissionAsker {
  /** As Electron tells it: an origin, or an address. */
  origin: string;
  isMainFrame: boolean;
  isInCall: boolean;
  /** The agent tries camera and microphone before a call. */
  isTrying: boolean;
}

export function mayHave(permission: string, { origin, isMainFrame, isInCall, isTrying }: PermissionAsker): boolean {
  const rule = Object.hasOwn(rules, permission) ? rules[permission as Permission] : 'never';
  if (rule === 'never' || !isMainFrame || !isOurs(origin)) return false;
  return rule === 'page' || isInCall || (rule === 'devices' && isTrying);
}

function isOurs(origin: string): boolean {
  return origin === APP_ORIGIN || origin.startsWith(`${APP_ORIGIN}/`);
}

/** Sets both handlers: what is not requested is checked, and what is not checked is requested. Devices are never given out. */
export function decidePermissions(session: Session, now: () => Pick<PermissionAsker, 'isInCall' | 'isTrying'>): void {
  session.setPermissionCheckHandler((_contents, permission, origin, { isMainFrame }) =>
    mayHave(permission, { origin, isMainFrame, ...now() }),
  );
  session.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl, isMainFrame }) =>
    answer(mayHave(permission, { origin: requestingUrl, isMainFrame, ...now() })),
  );
  session.setDevicePermissionHandler(() => false);
}
