import { config } from 'zod';

// Pages run under a policy without eval; zod's probe for it would be reported as a violation at every start. To be
// imported before any schema.
config({ jitless: true });
