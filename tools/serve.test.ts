import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sourcesHash, stampPath } from './build-stamp.mjs';

const serve = join(import.meta.dirname, 'serve.mjs');
let root: string;
let started: ChildProcess | undefined;

/** What the built programs do here: say that they are up, with something of their environment, and end when told. */
const program = (facts: string): string => `
  const { appendFileSync } = process.getBuiltinModule('node:fs');
  process.on('SIGTERM', () => {
    appendFileSync('ended', process.pid + '\\n');
    process.exit(0);
  });
  appendFileSync('pids', process.pid + '\\n');
  console.log('VENTANILLA READY ' + JSON.stringify(${facts}));
  setInterval(() => undefined, 1000);
`;
const server = program(`{ server: 'http://127.0.0.1:1', docs: '/docs' }`);
const desk = program(
  `{ desks: ['desk of ' + process.env.VENTANILLA_SERVER, 'data in ' + process.env.VENTANILLA_DATA] }`,
);

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ventanilla-serve-'));
  write('package.json', '{"type":"module"}');
  write('package-lock.json', '{}');
  write('out/server/server.js', server);
  write('out/main/browser-desk.cjs', desk);
  writeFileSync(stampPath(root), sourcesHash(root));
});

afterEach(async () => {
  if (started && started.exitCode === null && started.signalCode === null) {
    started.kill('SIGKILL');
    await once(started, 'exit');
  }
  for (const pid of lines('pids')) await gone(pid);
  rmSync(root, { recursive: true });
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function lines(path: string): number[] {
  try {
    return readFileSync(join(root, path), 'utf8').trim().split('\n').map(Number);
  } catch {
    return [];
  }
}

/** No event tells of the end of a process that is not our child. */
async function gone(pid: number): Promise<void> {
  const isThere = (): boolean => {
    try {
      return !/^\d+ \(.*\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    } catch {
      return false;
    }
  };
  await expect.poll(isThere, { timeout: 15_000, interval: 20 }).toBe(false);
}

function start(entry: 'serveAll' | 'serveServer' | 'serveDesk', environment: NodeJS.ProcessEnv = {}) {
  const code = `
    import { ${entry} } from ${JSON.stringify(serve)};
    try {
      process.exitCode = await ${entry}(${JSON.stringify(root)});
    } catch (error) {
      console.error(error.message);
      process.exitCode = error.exitCode ?? 1;
    }`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    cwd: root,
    env: { PATH: process.env['PATH'], VENTANILLA_OPEN: 'none', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started = child;
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const printed: string[] = [];
  const reader = createInterface(child.stdout).on('line', (line) => printed.push(line));
  return { child, ready: once(reader, 'line'), ended: once(child, 'close'), printed, said: () => said };
}

describe('npm start', () => {
  test('prints one ready line that merges what server and desks serve', async () => {
    const run = start('serveAll', { VENTANILLA_DATA: 'place' });
    const [line] = (await run.ready) as [string];
    expect(JSON.parse(line.replace(/^VENTANILLA READY /, ''))).toEqual({
      server: 'http://127.0.0.1:1',
      docs: '/docs',
      desks: ['desk of http://127.0.0.1:1', `data in ${join('place', 'desks')}`],
    });
    run.child.kill('SIGTERM');
    await run.ended;
    expect(run.printed).toEqual([line]);
  });

  test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    'on %s lets every child end in order and exits 0',
    async (signal) => {
      const run = start('serveAll');
      await run.ready;
      run.child.kill(signal);
      expect(await run.ended).toEqual([0, null]);
      expect(new Set(lines('ended'))).toEqual(new Set(lines('pids')));
      expect(lines('ended')).toHaveLength(2);
    },
  );

  test('the children end in order when it is killed', async () => {
    const run = start('serveAll');
    await run.ready;
    run.child.kill('SIGKILL');
    for (const pid of lines('pids')) await gone(pid);
    expect(lines('ended')).toHaveLength(2);
  });

  test('ends when the npm that started it is gone', async () => {
    const code = `
      const { spawn } = require('node:child_process');
      const child = spawn(process.execPath, ['--input-type=module', '-e', process.argv[1]], { stdio: 'inherit' });
      child.once('spawn', () => undefined);`;
    const inner = `import { serveServer } from ${JSON.stringify(serve)}; await serveServer(${JSON.stringify(root)});`;
    started = spawn(process.execPath, ['-e', code, inner], {
      cwd: root,
      env: { PATH: process.env['PATH'], npm_lifecycle_event: 'start' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    if (started.stdout) await once(createInterface(started.stdout), 'line');
    started.kill('SIGKILL');
    for (const pid of lines('pids')) await gone(pid);
    expect(lines('ended')).toHaveLength(1);
  });

  test('ends a child that does not want to within 10 seconds', async () => {
    write(
      'out/main/browser-desk.cjs',
      `process.on('SIGTERM', () => undefined);\n${desk.replace('process.exit(0)', '')}`,
    );
    const run = start('serveAll');
    await run.ready;
    const toldAt = performance.now();
    run.child.kill('SIGTERM');
    await run.ended;
    expect(performance.now() - toldAt).toBeLessThan(10_000);
    for (const pid of lines('pids')) await gone(pid);
  });

  test('passes on the exit code of a child that refuses its environment, and stops the others', async () => {
    write('out/main/browser-desk.cjs', `console.error('VENTANILLA_SERVER: is no address'); process.exit(78);`);
    const run = start('serveAll');
    expect(await run.ended).toEqual([78, null]);
    expect(run.printed).toEqual([]);
    expect(run.said()).toBe('VENTANILLA_SERVER: is no address\n');
    expect(lines('ended')).toHaveLength(1);
  });

  test('refuses an unknown way of opening with exit 78 and one line that names the variable', async () => {
    const run = start('serveAll', { VENTANILLA_OPEN: 'sometimes' });
    expect(await run.ended).toEqual([78, null]);
    expect(run.said()).toBe('VENTANILLA_OPEN must be one of auto, electron, browser, none.\n');
    expect(lines('pids')).toEqual([]);
  });

  test('keeps other words of the children away from standard output', async () => {
    write('out/server/server.js', `console.log('by the way');\n${server}`);
    const run = start('serveServer');
    const [line] = (await run.ready) as [string];
    expect(line).toBe('VENTANILLA READY {"server":"http://127.0.0.1:1","docs":"/docs"}');
    expect(run.said()).toBe('by the way\n');
  });
});

test('a desk alone says what it serves', async () => {
  const run = start('serveDesk', { VENTANILLA_SERVER: 'http://127.0.0.1:2', VENTANILLA_DATA: 'here' });
  const [line] = (await run.ready) as [string];
  expect(line).toBe('VENTANILLA READY {"desks":["desk of http://127.0.0.1:2","data in here"]}');
});

test('the build is made anew when a source changes, and not when a test does', () => {
  write('src/a.ts', 'export const a = 1;');
  const before = sourcesHash(root);
  write('src/a.test.ts', 'anything');
  write('README.md', 'anything');
  expect(sourcesHash(root)).toBe(before);
  write('src/a.ts', 'export const a = 2;');
  expect(sourcesHash(root)).not.toBe(before);
});
