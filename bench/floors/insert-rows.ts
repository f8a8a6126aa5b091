import { request, type Agent } from 'undici';
import { buildBranchFile } from '../../src/cache-file/build-branch-file.ts';
import { headerRow, type HeaderFields } from '../../src/cache-file/header-row.ts';

/**
 * The floor of cold sync: lines of JSON from a loopback stream, decoded and inserted in one transaction, then the same indexes and
 * the same search over all of them at once (the fastest order), without journal and sync.
 */
export async function insertRows(url: string, dispatcher: Agent, path: string): Promise<number> {
  const startedAt = performance.now();
  await buildBranchFile(path, async (writer) => {
    const { body } = await request(url, { dispatcher });
    let rest = '';
    for await (const chunk of body.setEncoding('utf8') as AsyncIterable<string>) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const text of lines) writer.putHeader(headerRow(JSON.parse(text) as HeaderFields));
    }
  });
  return performance.now() - startedAt;
}
