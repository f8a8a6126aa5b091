/** Preloaded (`--import`) into a plain Node: `electron` is the double from then on, and the test can reach into it. */
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { listenToTest } from './listen-to-test.ts';
import { readSettings } from './settings.ts';

const url = pathToFileURL(join(import.meta.dirname, 'electron.ts')).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url, format: 'module-typescript', shortCircuit: true } : next(specifier, context),
});
Object.defineProperty(process.versions, 'electron', { value: '45.0.0' });
Object.defineProperty(process, 'type', { value: 'browser' });
Object.defineProperty(process, 'resourcesPath', {
  value: join(readSettings(process.env['ELECTRON_DOUBLE']).appData, 'resources'),
});
listenToTest();
