import { join } from 'node:path';
import { layerViolations } from './layers.ts';

const violations = await layerViolations(join(import.meta.dirname, '..', '..'));
for (const { rule, from, to } of violations) console.error(`${rule}: ${from} → ${to}`);
process.exitCode = violations.length === 0 ? 0 : 1;
