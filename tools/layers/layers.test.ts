import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { importRules, layerViolations, sourceRules, type Violation } from './layers.ts';

/** Each file `breaks-<rule>` under fixtures/ breaks that rule and no other. */
const brokenBy = /\/breaks-([a-z0-9-]+?)(-back)?\.tsx?$/;
const rules = [...importRules, ...sourceRules.map((rule) => rule.name)];

describe('the layer rules', () => {
  let violations: Violation[];

  beforeAll(async () => {
    violations = await layerViolations(join(import.meta.dirname, 'fixtures'));
  });

  test.each(rules)('%s refuses the file that breaks it', (rule) => {
    expect(violations.filter((violation) => brokenBy.exec(violation.from)?.[1] === rule)).not.toEqual([]);
  });

  test('refuse nothing for another reason, and nothing that is allowed', () => {
    expect(violations.filter(({ rule, from }) => brokenBy.exec(from)?.[1] !== rule)).toEqual([]);
  });
});
