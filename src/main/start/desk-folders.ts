import { join } from 'node:path';
import type { StoreFolder } from '../cache/open-store.ts';

/**
 * Where desk number `number` (1 first) of a data folder keeps what. The key lies apart from what it seals.
 */
export function deskFolders(dataFolder: string, number: number): StoreFolder & { keyPath: string } {
  const folder = join(dataFolder, `desk-${number}`);
  return {
    databaseFolder: join(folder, 'database'),
    markerPath: join(folder, 'generation.json'),
    keyPath: join(dataFolder, 'keys', `desk-${number}.key`),
  };
}
