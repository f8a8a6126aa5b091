import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { calls } from '../../bridge/contract.ts';
import { DownFrame } from '../../bridge/frame.ts';
import { deskUnderTest } from '../testing/desk-under-test.ts';
import { attachTestWindow } from '../testing/test-window.ts';

const desk = deskUnderTest();

test('[T9] frames that are none of ours are dropped and the desk goes on', async () => {
  const nonsense = [null, 7, 'x', [], {}, { t: 'call' }, { t: 'call', id: -1, name: 'act', input: {} }];
  const more = [
    { t: 'call', id: 1, name: 'x'.repeat(61), input: {} },
    { t: 'fact', id: 1, name: 'session.changed' },
  ];
  const before = desk.window.frames.filter(({ t }) => t !== 'fact').length;
  for (const frame of [...nonsense, ...more, { t: 'call', id: 1, name: 'act', input: {}, extra: true }])
    desk.window.post(frame);
  await desk.window.call('line.retryNow', {});
  expect(desk.window.frames.filter(({ t }) => t !== 'fact')).toHaveLength(before + 1);
});

test.each(['__proto__', 'constructor', 'hasOwnProperty', 'toString', 'sql', ''])(
  '[T9] a call named %s does not exist',
  async (name) => {
    expect(await desk.window.ask({ t: 'call', id: 9_001, name, input: {} } as { id: number })).toMatchObject({
      t: 'failure',
      error: { code: 'NOT_FOUND' },
    });
  },
);

test('[T9] every call refuses input that is not its own, before anything is done', async () => {
  await desk.startWorking();
  const bad = [undefined, 7, [], 'x', { surprise: 1 }, JSON.parse('{"__proto__":{"isAdmin":true}}') as unknown];
  let id = 10_000;
  for (const name of Object.keys(calls)) {
    for (const input of bad) {
      const isFine = calls[name as keyof typeof calls].input.safeParse(input).success;
      if (isFine) continue;
      id += 1;
      expect(
        await desk.window.ask({ t: 'call', id, name, input } as { id: number }),
        `${name} ${JSON.stringify(input)}`,
      ).toMatchObject({
        error: { code: 'BAD_REQUEST' },
      });
    }
  }
  expect(desk.window.latest('session.changed')?.state).toBe('working');
  expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
});

test('[T9] a flood of one call is refused, another call is still answered', async () => {
  const flood = Array.from({ length: 200 }, () =>
    desk.window.call('input.seen', {}).then(
      () => 'done',
      (error: { body: { code: string } }) => error.body.code,
    ),
  );
  const outcomes = await Promise.all(flood);
  expect(outcomes.filter((outcome) => outcome === 'TOO_MANY_REQUESTS').length).toBeGreaterThan(100);
  await desk.window.call('line.retryNow', {});
});

test('[S2-47] the parts of a large file are no flood, however fast the line is', async () => {
  await desk.startWorking();
  const outcomes = new Set<string>();
  for (let part = 0; part < 300; part += 1) {
    const input = { uploadId: '01900000-0000-7000-8000-00000000dead' as never, offset: part, data: 'aG9sYQ==' };
    const sent = desk.window.call('files.chunk', input).then(
      () => 'taken',
      (error: { body: { code: string } }) => error.body.code,
    );
    outcomes.add(await sent);
  }
  expect([...outcomes]).toEqual(['NOT_FOUND']);
});

test('[T9] no session token, key nor password is ever told to a window', async () => {
  await desk.startWorking();
  const told = JSON.stringify(desk.window.frames);
  expect(told).not.toMatch(/token|secret|verifier|argon2/i);
});

test('every frame is one of the bridge, and a refusal has words and no internals', async () => {
  await desk.startWorking();
  await desk.window
    .call('ticket.open', { ticketId: '01900000-0000-7000-8000-00000000dead' as never })
    .catch(() => null);
  for (const frame of desk.window.frames) expect(DownFrame.safeParse(frame).success).toBe(true);
  const failure = desk.window.frames.find(({ t }) => t === 'failure');
  expect(failure).toMatchObject({ error: { code: 'NOT_FOUND', title: 'No se encontró, o no está a su alcance.' } });
  expect(JSON.stringify(failure)).not.toMatch(/ at .*\.ts|sqlite|SELECT/i);
});

test('a window that attaches later is told the latest of everything, and one that is gone nothing', async () => {
  desk.server.addTicket(1);
  await desk.startWorking();
  await desk.waiting(1);
  const later = attachTestWindow(desk.running.attach);
  expect(later.latest('session.changed')?.state).toBe('working');
  expect(later.latest('waiting.changed')?.count).toBe(1);
  later.detach();
  const seen = later.frames.length;
  desk.server.addTicket(2);
  await desk.waiting(2);
  expect(later.frames).toHaveLength(seen);
});

test('[T25] devices are tried by nobody who is not signed in', async () => {
  await expect(desk.window.call('devices.tryOut', { isOn: true })).rejects.toThrow('UNAUTHENTICATED');
  expect(desk.running.isTryingDevices()).toBe(false);
});

test('[T25] a window that was replaced ends nothing of the one in which devices are tried', async () => {
  await desk.startWorking();
  const later = attachTestWindow(desk.running.attach);
  await desk.window.call('devices.tryOut', { isOn: true });
  await later.call('devices.tryOut', { isOn: true });
  await desk.window.call('devices.tryOut', { isOn: false });
  expect(desk.running.isTryingDevices()).toBe(true);
  const gone = attachTestWindow(desk.running.attach);
  gone.detach();
  expect(desk.running.isTryingDevices()).toBe(true);
  later.detach();
  expect(desk.running.isTryingDevices()).toBe(false);
});

test('many changes at once are told in one fact', async () => {
  await desk.startWorking();
  const before = desk.window.told('waiting.changed').length;
  for (let number = 1; number <= 300; number += 1) desk.server.addTicket(number);
  await desk.waiting(300);
  expect(desk.window.told('waiting.changed').length - before).toBeLessThan(100);
});

test('the words of a refusal follow the language of the desk', async () => {
  await desk.window.call('preferences.set', { theme: 'dark', language: 'en', soundVolume: 1 });
  await expect(desk.window.call('act', { type: 'status.choose', state: 'online' })).rejects.toMatchObject({
    body: { code: 'UNAUTHENTICATED', title: expect.stringMatching(/sign in/i) },
  });
  expect(desk.window.latest('preferences.changed')).toEqual({ theme: 'dark', language: 'en', soundVolume: 1 });
});

test('preferences and drafts are there after a restart', async () => {
  await desk.startWorking();
  const { ticketId } = await desk.attendNow();
  await desk.window.call('draft.save', { ticketId, text: 'A medio escribir' });
  expect(desk.window.latest('current.changed')?.draft).toBe('A medio escribir');
  await desk.window.call('preferences.set', { theme: 'dark', language: 'pt', soundVolume: 0 });
  await desk.restart();
  expect(desk.window.latest('preferences.changed')?.language).toBe('pt');
  await desk.startWorking();
  const { draft } = await desk.window.until('current.changed', ({ ticket }) => ticket !== null);
  expect(draft).toBe('A medio escribir');
});

describe('[B83] paths', () => {
  /** Where people write: these are texts, kept and sent as such, and never opened. */
  const TEXTS = ['email', 'password', 'current', 'next', 'search', 'title', 'text', 'comment', 'reason', 'from', 'to'];
  /** Between two browsers; the server looks through them. */
  const OF_SIGNALS = ['sdp', 'stream', 'candidate', 'sdpMid', 'usernameFragment'];
  /** As the agent's machine calls a file: shown, and never where one is kept. Its bytes are base64. */
  const OF_FILES = ['name', 'type'];
  /** As the browser calls a device of this machine: compared with what it lists, and nothing else. */
  const OF_DEVICES = ['camera', 'microphone', 'speaker'];
  const OF_CONTACTS = ['documentNumber', 'firstName', 'lastName', 'phone', 'email', 'documentType'];

  interface Schema {
    type?: string | string[];
    const?: unknown;
    enum?: unknown[];
    format?: string;
    pattern?: string;
    properties?: Record<string, Schema>;
    additionalProperties?: Schema | boolean;
    items?: Schema;
    anyOf?: Schema[];
    oneOf?: Schema[];
    allOf?: Schema[];
  }

  /** Names of the fields in which any text is good. */
  function freeTexts(schema: Schema, name: string): string[] {
    const inside = [
      ...Object.entries(schema.properties ?? {}).flatMap(([key, value]) => freeTexts(value, key)),
      ...[schema.items, schema.additionalProperties]
        .filter((value) => typeof value === 'object')
        .flatMap((value) => freeTexts(value, name)),
      ...[schema.anyOf, schema.oneOf, schema.allOf].flatMap((some) =>
        (some ?? []).flatMap((one) => freeTexts(one, name)),
      ),
    ];
    const isText = [schema.type].flat().includes('string');
    const isHandle = schema.const !== undefined || schema.enum || schema.format === 'uuid' || schema.pattern;
    return isText && !isHandle ? [name, ...inside] : inside;
  }

  test.each(Object.keys(calls) as (keyof typeof calls)[])(
    '%s takes handles and the texts of people, no path',
    (name) => {
      const schema = z.toJSONSchema(calls[name].input, { io: 'input', unrepresentable: 'any' }) as Schema;
      expect(
        freeTexts(schema, 'input').filter(
          (field) => ![...TEXTS, ...OF_FILES, ...OF_SIGNALS, ...OF_DEVICES, ...OF_CONTACTS].includes(field),
        ),
      ).toEqual([]);
    },
  );

  const filesOf = (folder: string): Set<string> => new Set(readdirSync(folder, { recursive: true, encoding: 'utf8' }));

  test('in the place of a handle are refused, and nothing is opened, written or sent', async () => {
    await desk.startWorking();
    const before = { files: filesOf(desk.home.folder), sent: desk.server.delivered.length };
    const paths = [
      '..\\..\\',
      '../../../etc/passwd',
      '\\\\server\\share\\file',
      '//server/share',
      'file:///etc/passwd',
      '/dev/zero',
      'CON',
      '\\\\.\\PhysicalDrive0',
      'C:\\Windows\\win.ini',
      '~/.ssh/id_ed25519',
      'a\u0000b',
      '',
      '%2e%2e%2f',
      '../0190b6a0-0000-7000-8000-000000000001',
      '0190b6a0-0000-7000-8000-000000000001\u0000',
    ];
    const inputsOf = (path: string): [string, object][] => [
      ['ticket.open', { ticketId: path }],
      ['draft.save', { ticketId: path, text: 'x' }],
      ['outbox.retry', { id: path }],
      ['outbox.discard', { id: path }],
      ['session.takeSeat', { branchId: path, moduleId: path }],
      ['act', { type: 'note.add', ticketId: path, text: 'x' }],
      ['act', { type: 'ticket.attendNow', serviceId: path, customer: { type: 'none' } }],
      ['screen.choose', { id: path }],
      ['preferences.set', { theme: path, language: path, soundVolume: 1 }],
    ];
    let id = 50_000;
    for (const [name, input] of paths.flatMap(inputsOf)) {
      id += 1;
      const answer = await desk.window.ask({ t: 'call', id, name, input } as { id: number });
      expect({ input, ...answer }).toMatchObject({
        t: 'failure',
        error: { code: 'BAD_REQUEST' },
      });
    }
    expect(filesOf(desk.home.folder)).toEqual(before.files);
    expect(desk.server.delivered).toHaveLength(before.sent);
  });
});
