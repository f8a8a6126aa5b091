import { defineConfig } from '@playwright/test';
import { smallCamera } from './e2e/support/cameras.ts';
import { findTestChromium } from './tools/find-chromium.ts';

/** The flags for Chromium in every end-to-end test: runs as root, with synthetic camera and screen, on loopback only. */
const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  ...smallCamera(),
  '--use-fake-ui-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
  '--allow-loopback-in-peer-connection',
];

const longest = ['networks', 'peer', 'video-transfer', 'turn-relay'].map((name) => `**/${name}.e2e.ts`);

export default defineConfig({
  testDir: 'e2e',
  globalSetup: './e2e/support/first-start.ts',
  // In this order: the longest, which keep from each other, are not to begin last.
  projects: [
    { name: 'longest', testMatch: longest },
    { name: 'others', testMatch: '**/*.e2e.ts', testIgnore: longest },
  ],
  outputDir: 'test-results',
  // Most of their time tests wait for a browser or for time: two files at once.
  workers: 2,
  fullyParallel: false,
  retries: 0,
  forbidOnly: true,
  // These only end what hangs: on a machine that is shared with others a page may take many times as long.
  timeout: 180_000,
  expect: { timeout: 20_000 },
  use: {
    browserName: 'chromium',
    headless: true,
    locale: 'es-419',
    viewport: { width: 1366, height: 768 },
    screenshot: 'only-on-failure',
    trace: 'off',
    launchOptions: {
      executablePath: findTestChromium() ?? '/usr/bin/chromium',
      args: chromiumFlags,
    },
  },
});
