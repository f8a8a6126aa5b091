import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cruise, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser';
import layers from '../../.dependency-cruiser.mjs';

export type Violation = { rule: string; from: string; to: string };

type SourceRule = { name: string; in: RegExp; except: RegExp; pattern: RegExp };

/** Layer rules that imports do not show. */
export const sourceRules: SourceRule[] = [
  {
    name: 'places-of-window-desk',
    in: /^src\//,
    except: /^src\/renderer\/bridge\/|\.test\.tsx?$|\/testing\//,
    pattern: /\b(window|globalThis|self)\s*(\?\.|\.)\s*desk\b|\b(window|globalThis|self)\s*(\?\.)?\[\s*['"`]desk['"`]/,
  },
  {
    name: 'places-of-sql',
    in: /^src\/server\//,
    except: /^src\/server\/store\/|\.test\.tsx?$|\/testing\//,
    pattern:
      /\bsql`|\.\s*(selectFrom|selectNoFrom|insertInto|updateTable|deleteFrom|replaceInto|mergeInto|executeQuery)\s*\(|\bpool\s*\.\s*(query|connect)\b/,
  },
];

export const importRules = (layers.forbidden ?? []).map((rule) => rule.name ?? '');

/** Every line of the layer rules that `<root>/src` breaks. */
export async function layerViolations(root: string): Promise<Violation[]> {
  return [...(await importViolations(root)), ...sourceViolations(root)];
}

async function importViolations(root: string): Promise<Violation[]> {
  const options: ICruiseOptions = {
    ...layers.options,
    baseDir: root,
    validate: true,
    ruleSet: { forbidden: layers.forbidden ?? [] },
  };
  const { output } = await cruise(['src'], options);
  const { summary } = output as ICruiseResult;
  return summary.violations.map(({ rule, from, to, cycle }) => ({
    rule: rule.name,
    from,
    to: cycle ? cycle.map(({ name }) => name).join(' → ') : to,
  }));
}

function sourceViolations(root: string): Violation[] {
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .map((path) => `src/${path.replaceAll('\\', '/')}`)
    .filter((path) => /\.tsx?$/.test(path));
  return files.flatMap((from) =>
    sourceRules
      .filter((rule) => rule.in.test(from) && !rule.except.test(from))
      .flatMap((rule) => {
        const match = rule.pattern.exec(withoutComments(readFileSync(join(root, from), 'utf8')));
        return match ? [{ rule: rule.name, from, to: match[0] }] : [];
      }),
  );
}

/** Lines that are comments as a whole may speak of anything. */
function withoutComments(source: string): string {
  return source.replaceAll(/^\s*(\/\/|\/?\*).*$/gm, '');
}
