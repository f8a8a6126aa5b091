import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROTOCOL_VERSION } from '../socket/up.ts';
import { wireSchemas } from './wire-schemas.ts';

/** Freezes the wire of a new PROTOCOL_VERSION; the file of an earlier one is never written again. */
const path = join(import.meta.dirname, '..', 'fixtures', `wire-${PROTOCOL_VERSION}.json`);
writeFileSync(path, `${JSON.stringify(wireSchemas(), null, 2)}\n`, { flag: 'wx' });
