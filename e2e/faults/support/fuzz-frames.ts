import fc from 'fast-check';

/** What goes over a socket as one message. */
export interface Frame {
  data: Buffer;
  isBinary: boolean;
}

const UUID = '0190b6a0-0000-7000-8000-000000000001';

/** Frames that either door knows: what comes near them reaches deepest. */
const GOOD = [
  { type: 'ping' },
  { type: 'authenticate', protocol: 1, ticket: 'x'.repeat(43), cursors: { [`branch:${UUID}`]: 7 } },
  { type: 'watchDisplay', branch: 'plaza' },
  { type: 'watchTurn', token: 'y'.repeat(43) },
].map((frame) => JSON.stringify(frame));

const TYPES = ['authenticate', 'ping', 'watchDisplay', 'watchTurn', 'base', 'constructor', '__proto__', 'toString'];

const KEYS = ['protocol', 'ticket', 'cursors', 'branch', 'token', '__proto__', 'constructor', 'id', 'base'];

const nearlyOurs = fc
  .tuple(
    fc.oneof(fc.constantFrom(...TYPES), fc.jsonValue({ maxDepth: 1 })),
    fc.array(fc.tuple(fc.constantFrom(...KEYS), fc.jsonValue({ maxDepth: 2 })), { maxLength: 4 }),
  )
  .map(
    ([type, more]) =>
      `{${[['type', type] as const, ...more].map(([key, value]) => `"${key}":${JSON.stringify(value)}`).join(',')}}`,
  );

/** Signs that parsers trip over. */
const TOKENS = [
  '"',
  '\\',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '\\u0000',
  '\\ud800',
  '1e999',
  '-0',
  'NaN',
  '\u0000',
  '{"__proto__":{}}',
];

const mutation = fc.oneof(
  fc.record({ how: fc.constant('flip' as const), at: fc.nat(), by: fc.integer({ min: 1, max: 255 }) }),
  fc.record({ how: fc.constant('cut' as const), at: fc.nat(), by: fc.nat(20) }),
  fc.record({ how: fc.constant('repeat' as const), at: fc.nat(), by: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ how: fc.constant('insert' as const), at: fc.nat(), by: fc.nat(TOKENS.length - 1) }),
  fc.record({ how: fc.constant('end' as const), at: fc.nat(), by: fc.constant(0) }),
);

function mutate(
  bytes: Buffer,
  { how, at, by }: { how: 'flip' | 'cut' | 'repeat' | 'insert' | 'end'; at: number; by: number },
): Buffer {
  const place = bytes.length === 0 ? 0 : at % bytes.length;
  const [before, after] = [bytes.subarray(0, place), bytes.subarray(place)];
  switch (how) {
    case 'flip':
      return Buffer.concat([before, Buffer.from([(after[0] ?? 0) ^ by]), after.subarray(1)]);
    case 'cut':
      return Buffer.concat([before, after.subarray(by)]);
    case 'repeat':
      return Buffer.concat([before, after.subarray(0, by), after]);
    case 'insert':
      return Buffer.concat([before, Buffer.from(TOKENS[by] ?? ''), after]);
    case 'end':
      return before;
  }
}

/** A good frame, broken in one to six places. */
const mutated = fc
  .tuple(fc.constantFrom(...GOOD), fc.array(mutation, { minLength: 1, maxLength: 6 }))
  .map(([good, mutations]) => mutations.reduce(mutate, Buffer.from(good)));

const frame = fc
  .tuple(
    fc.oneof(
      { weight: 6, arbitrary: mutated },
      { weight: 3, arbitrary: nearlyOurs.map((text) => Buffer.from(text)) },
      { weight: 1, arbitrary: fc.string({ unit: 'binary' }).map((text) => Buffer.from(text)) },
      { weight: 1, arbitrary: fc.json({ maxDepth: 3 }).map((text) => Buffer.from(text)) },
      { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)) },
      { weight: 1, arbitrary: fc.integer({ min: 60_000, max: 70_000 }).map((length) => Buffer.alloc(length, '[')) },
    ),
    fc.integer({ min: 0, max: 9 }),
  )
  .map(([data, chance]): Frame => ({ data, isBinary: chance === 0 }));

/** The same frames for the same seed. */
export const fuzzFrames = (seed: number, count: number): Frame[] => fc.sample(frame, { seed, numRuns: count });
