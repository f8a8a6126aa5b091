/** What each room of `src` may import from other rooms. */
const rooms = {
  protocol: [],
  domain: ['protocol'],
  bridge: ['protocol'],
  texts: [],
  documents: ['protocol', 'domain', 'texts'],
  'cache-file': [],
  web: ['protocol', 'domain', 'texts'],
  server: ['protocol', 'domain', 'texts', 'documents', 'cache-file'],
  main: ['protocol', 'domain', 'bridge', 'texts', 'documents', 'cache-file'],
  preload: ['protocol', 'bridge'],
  renderer: ['protocol', 'domain', 'bridge', 'texts', 'documents', 'web'],
  customer: ['protocol', 'domain', 'texts', 'documents', 'web'],
};

/** Rooms that do without most packages, with those that they may import. */
const packagesOf = {
  protocol: ['zod'],
  domain: ['zod', 'luxon', 'libphonenumber-js'],
  texts: ['i18next'],
  'cache-file': ['better-sqlite3'],
  preload: ['electron'],
};

/** Packages that only some places may import. */
const placesOf = {
  electron: ['src/main/index\\.ts$', 'src/main/hosts/electron', 'src/preload/'],
  'electron-updater': ['src/main/index\\.ts$', 'src/main/hosts/electron'],
  'better-sqlite3': ['src/cache-file/', 'src/main/cache/', 'src/server/jobs/snapshot'],
  pg: ['src/server/store/'],
  kysely: ['src/server/store/'],
  'simple-peer': ['src/web/peer/'],
};

const withoutNode = ['protocol', 'domain', 'bridge', 'texts', 'documents', 'web', 'preload', 'renderer', 'customer'];

/** Tests and what only they use may look anywhere. */
const tests = '\\.test\\.tsx?$|/testing/';

/** @param {string[]} names */
const packages = (names) => `^(${names.join('|')})(/|$)|node_modules/(@types/)?(${names.join('|')})/`;

const severity = /** @type {const} */ ('error');

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...Object.entries(rooms).map(([room, allowed]) => ({
      name: `rooms-of-${room}`,
      comment: `src/${room} may import ${allowed.length === 0 ? 'no other room' : `only ${allowed.join(', ')}`}`,
      severity,
      from: { path: `^src/${room}/`, pathNot: tests },
      to: { path: '^(src|tools|e2e|bench)/', pathNot: `^src/(${[room, ...allowed].join('|')})/` },
    })),
    ...Object.entries(packagesOf).map(([room, allowed]) => ({
      name: `packages-of-${room}`,
      comment: `src/${room} may import only the packages ${allowed.join(', ')}`,
      severity,
      from: { path: `^src/${room}/`, pathNot: tests },
      to: { path: 'node_modules/', pathNot: packages(allowed) },
    })),
    ...Object.entries(placesOf).map(([name, places]) => ({
      name: `places-of-${name}`,
      comment: `${name} is imported only in ${places.join(', ')}`,
      severity,
      from: { path: '^src/', pathNot: [tests, ...places.map((place) => `^${place}`)] },
      to: { path: packages([name]) },
    })),
    {
      name: 'no-node',
      comment: `no Node built-in in ${withoutNode.join(', ')}`,
      severity,
      from: { path: `^src/(${withoutNode.join('|')})/`, pathNot: tests },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-tests-in-the-product',
      comment: 'what tests need is imported by tests only',
      severity,
      from: { path: '^src/', pathNot: tests },
      to: { path: tests },
    },
    {
      name: 'no-cycles',
      comment: 'files that need each other are one thing, or one too many',
      severity,
      from: { path: '^src/' },
      to: { circular: true },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/fixtures/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
