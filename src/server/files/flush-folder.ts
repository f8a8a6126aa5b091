import { open } from 'node:fs/promises';

/** Names that were given or taken in a folder are on the disk. */
export async function flushFolder(path: string): Promise<void> {
  // Windows opens no folders; its rename is on the disk by itself.
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
