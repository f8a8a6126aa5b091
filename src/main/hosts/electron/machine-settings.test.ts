import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { machineSettingsPath, readMachineSettings } from './machine-settings.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ventanilla-settings-'));
  path = join(folder, 'ventanilla.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('[T28] a machine without the file has the defaults', () => {
  expect(readMachineSettings(path)).toEqual({ updates: 'on' });
});

test('[T28] administrators name the server and switch updates off', () => {
  writeFileSync(path, '\uFEFF{ "server": "https://central.example", "updates": "off" }');
  expect(readMachineSettings(path)).toEqual({ server: 'https://central.example', updates: 'off' });
});

test.each([
  ['half a file', '{ "server": ', /ventanilla\.json: .*JSON/],
  ['an unknown key', '{ "sever": "https://central.example" }', /ventanilla\.json: sever/],
  ['a wrong type', '{ "server": 7 }', /ventanilla\.json: server/],
  ['an unknown value', '{ "updates": "sometimes" }', /ventanilla\.json: updates/],
])('[B92] %s is named', (_title, text, message) => {
  writeFileSync(path, text);
  expect(() => readMachineSettings(path)).toThrow(message);
});

test('[T28] the file lies where agents cannot write', () => {
  expect(machineSettingsPath('linux', {})).toBe('/etc/ventanilla/ventanilla.json');
  expect(machineSettingsPath('win32', { ProgramData: 'D:/ProgramData' })).toMatch(
    /^D:.ProgramData.Ventanilla.ventanilla\.json$/,
  );
});
