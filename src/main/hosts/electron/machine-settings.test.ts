import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { machineSettingsPath, MachineSettingsError, readMachineSettings } from './machine-settings.ts';

let folder: string;
let path: string;
let kept: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ventanilla-settings-'));
  path = join(folder, 'ventanilla.json');
  kept = join(folder, 'kept');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const read = () => readMachineSettings(path, kept);
const GOOD = '{\n  "server": "https://central.example",\n  "updates": "off"\n}\n';
const good = { server: 'https://central.example', updates: 'off' };

test('[T28] a machine without the file has the defaults', () => {
  expect(read()).toEqual({ settings: { updates: 'on' }, problem: null });
});

test('[T28] administrators name the server and switch updates off', () => {
  writeFileSync(path, GOOD);
  expect(read()).toEqual({ settings: good, problem: null });
});

test('[B91] a mark at the beginning, as editors of Windows write it, is no fault', () => {
  writeFileSync(path, `\uFEFF${GOOD}`);
  expect(read()).toEqual({ settings: good, problem: null });
});

const utf16 = (text: string): Buffer => Buffer.from(`\uFEFF${text}`, 'utf16le');
const BROKEN: [string, string | Buffer, RegExp][] = [
  ['nothing at all', '', /ventanilla\.json line 1: is not JSON/],
  ['a file that ends too soon', GOOD.slice(0, 30), /ventanilla\.json line 2: is not JSON/],
  ['a file that ends after a comma', '{\n "updates": "off",\n', /line 3: is not JSON/],
  ['UTF-16', utf16(GOOD), /ventanilla\.json: is not UTF-8/],
  ['UTF-16 without its mark', Buffer.from(GOOD, 'utf16le'), /line 1: is not JSON/],
  ['zero bytes', Buffer.alloc(64), /line 1: is not JSON/],
  ['a comment', '{\n  // of the branch\n  "updates": "off"\n}', /line 2: is not JSON/],
  [
    'a key that stands there twice',
    '{ "updates": "off",\n  "server": "https://a.example",\n  "updates" : "on" }',
    /line 3: "updates" stands there twice/,
  ],
];

describe.each(BROKEN)('%s', (_title, content, message) => {
  test('[B91] is named with its line when there is no good copy', () => {
    writeFileSync(path, content);
    expect(read).toThrow(MachineSettingsError);
    expect(read).toThrow(message);
    expect(readFileSync(join(kept, 'ventanilla.json.bad'))).toEqual(Buffer.from(content));
  });

  test('[B91] leaves the last good copy in force and is kept as .bad', () => {
    writeFileSync(path, GOOD);
    read();
    writeFileSync(path, content);
    const { settings, problem } = read();
    expect(settings).toEqual(good);
    expect(problem?.message).toMatch(message);
    expect(readFileSync(join(kept, 'ventanilla.json.bad'))).toEqual(Buffer.from(content));
    // What the administrators wrote is left as it is; mended, it counts again.
    expect(readFileSync(path)).toEqual(Buffer.from(content));
    writeFileSync(path, '{ "updates": "on" }');
    expect(read()).toEqual({ settings: { updates: 'on' }, problem: null });
  });
});

test('[B91] texts that look like keys are none', () => {
  writeFileSync(path, String.raw`{ "server": "https://a.example/?\"updates\":\"updates\":" }`);
  expect(read).toThrow(/line 1: server: must be https/);
});

test('[B91] a file that was taken away does not come back as its copy', () => {
  writeFileSync(path, GOOD);
  read();
  rmSync(path);
  expect(read().settings).toEqual({ updates: 'on' });
  expect(existsSync(join(kept, 'ventanilla.json.good'))).toBe(false);
  writeFileSync(path, '{');
  expect(read).toThrow(/line 1/);
});

test('[B91] a copy that is damaged as well is none', () => {
  writeFileSync(path, GOOD);
  read();
  writeFileSync(join(kept, 'ventanilla.json.good'), '{"server":');
  writeFileSync(path, '{');
  expect(read).toThrow(/ventanilla\.json line 1/);
});

test('[B91] where no copy can be kept the settings hold all the same', () => {
  writeFileSync(kept, 'a file where the folder should be');
  writeFileSync(path, GOOD);
  expect(read()).toEqual({ settings: good, problem: null });
});

test.each([
  [
    'an unknown key',
    '{\n "sever": "https://central.example" }',
    /ventanilla\.json line 2: sever.*known are: server, updates/,
  ],
  ['a wrong type', '{ "server": 7 }', /ventanilla\.json line 1: server: .*string/],
  ['null', '{ "server": null }', /line 1: server/],
  ['an unknown value', '{ "updates": "sometimes" }', /ventanilla\.json line 1: updates: .*"on"\|"off"/],
  ['http elsewhere', '{ "server": "http://central.example" }', /line 1: server: must be https/],
  ['a path', '{\n\n"server": "https://central.example/x" }', /line 3: server: must be https/],
  ['a space', '{ "server": "https://central example" }', /line 1: server: must be https/],
  ['a list', '[]', /ventanilla\.json: .*object/],
])('[B92] %s is named, with what is known', (_title, text, message) => {
  writeFileSync(path, text);
  expect(read).toThrow(message);
});

test('[T28] the file lies where agents cannot write', () => {
  expect(machineSettingsPath('linux', {})).toBe('/etc/ventanilla/ventanilla.json');
  expect(machineSettingsPath('win32', { ProgramData: 'D:/ProgramData' })).toMatch(
    /^D:.ProgramData.Ventanilla.ventanilla\.json$/,
  );
});
