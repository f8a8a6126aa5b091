import { expect, test } from 'vitest';
import { decideSettings } from './desk-settings.ts';
import type { MachineSettings } from './machine-settings.ts';

const dataFolder = '/home/ana/.config/ventanilla/desk';
const decide = (machine: MachineSettings | null, variables: Record<string, string> = {}) =>
  decideSettings({ machine, dataFolder, variables });

const MACHINE = 'https://machine.example';
const USER = 'https://user.example';
const DEFAULT = 'http://127.0.0.1:7420';

// The matrix: who names the server × who is asked × what holds, and what is worth a line in the log.
test.each([
  { machine: MACHINE, user: USER, isInstalled: true, holds: MACHINE, overruled: ['VENTANILLA_SERVER'] },
  { machine: MACHINE, user: MACHINE, isInstalled: true, holds: MACHINE, overruled: [] },
  { machine: MACHINE, user: undefined, isInstalled: true, holds: MACHINE, overruled: [] },
  { machine: undefined, user: USER, isInstalled: true, holds: USER, overruled: [] },
  { machine: undefined, user: undefined, isInstalled: true, holds: DEFAULT, overruled: [] },
  { machine: undefined, user: USER, isInstalled: false, holds: USER, overruled: [] },
  { machine: undefined, user: undefined, isInstalled: false, holds: DEFAULT, overruled: [] },
])(
  '[T28] server: machine $machine, user $user, installed $isInstalled: $holds',
  ({ machine, user, isInstalled, holds, overruled }) => {
    const settings = decide(
      isInstalled ? { updates: 'on', ...(machine !== undefined && { server: machine }) } : null,
      user === undefined ? {} : { VENTANILLA_SERVER: user },
    );
    expect(settings.serverUrl.origin).toBe(holds);
    expect(settings.overruled).toEqual(overruled);
  },
);

test.each([
  { updates: 'on', server: MACHINE, hasUpdates: true },
  { updates: 'off', server: MACHINE, hasUpdates: false },
  { updates: 'on', server: 'http://127.0.0.1:7420', hasUpdates: false },
] as const)(
  '[T28] updates $updates from $server: $hasUpdates, whatever the user sets',
  ({ updates, server, hasUpdates }) => {
    for (const value of ['on', 'off', '1', '']) {
      expect(decide({ updates, server }, { VENTANILLA_UPDATES: value, DISABLE_AUTO_UPDATES: value }).hasUpdates).toBe(
        hasUpdates,
      );
    }
  },
);

test('[T28] from the project’s folder nothing updates itself', () => {
  expect(decide(null, { VENTANILLA_SERVER: USER }).hasUpdates).toBe(false);
});

test('[T28] an installed desk keeps its data where it was installed to, whatever the user sets', () => {
  const settings = decide({ updates: 'on' }, { VENTANILLA_DATA: '/tmp/elsewhere' });
  expect([settings.dataFolder, settings.overruled]).toEqual([dataFolder, ['VENTANILLA_DATA']]);
});

test('[T28] a wrong value of the user does not stop a machine whose administrators gave a good one', () => {
  expect(decide({ updates: 'on', server: MACHINE }, { VENTANILLA_SERVER: 'ftp://x' }).serverUrl.origin).toBe(MACHINE);
});

test.each([
  ['http elsewhere', 'http://central.example'],
  ['an address without TLS', 'http://192.0.2.7:7420'],
  ['a path', 'https://central.example/ventanilla'],
  ['a query', 'https://central.example/?a=1'],
  ['a user', 'https://ana:clave@central.example'],
  ['a space', 'https://central example'],
  ['no protocol', 'central.example'],
  ['another protocol', 'ftp://central.example'],
  ['a look-alike of this machine', 'http://127.0.0.1.evil.example'],
  ['nothing', ''],
])('[B92] a server that is %s is refused by name, from the machine and from the user', (_title, server) => {
  const refusal = { name: 'EnvironmentError', variable: 'VENTANILLA_SERVER' };
  expect(() => decide({ updates: 'on', server })).toThrow(expect.objectContaining(refusal));
  expect(() => decide({ updates: 'on' }, { VENTANILLA_SERVER: server })).toThrow(expect.objectContaining(refusal));
});

test.each([
  ['a slash at the end', 'https://central.example/', 'https://central.example'],
  ['an address of a network', 'https://192.0.2.7:8443', 'https://192.0.2.7:8443'],
  ['an address in version 6', 'https://[2001:db8::1]', 'https://[2001:db8::1]'],
  ['this machine by name', 'http://localhost:7420', 'http://localhost:7420'],
  ['this machine in version 6', 'http://[::1]:7420', 'http://[::1]:7420'],
  ['spaces around it', ' https://central.example ', 'https://central.example'],
])('[B92] a server with %s is understood', (_title, server, origin) => {
  expect(decide({ updates: 'on', server }).serverUrl.origin).toBe(origin);
});

test('[T28] how many closed tickets are kept is for the administrators to say, else for the user, else 100,000', () => {
  const user = { VENTANILLA_HEADERS_KEPT: '5000' };
  expect(decide({ updates: 'on', headersKept: 200_000 }, user).headersKept).toBe(200_000);
  expect(decide({ updates: 'on', headersKept: 200_000 }, user).overruled).toEqual(['VENTANILLA_HEADERS_KEPT']);
  expect(decide({ updates: 'on' }, user).headersKept).toBe(5_000);
  expect(decide({ updates: 'on' }).headersKept).toBe(100_000);
});
