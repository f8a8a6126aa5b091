import { z } from 'zod';
import { AgentState, StatusCause } from '../agent-status.ts';

/** What a desk may choose by itself, and why; the other causes are the server's to write. */
const STATE_OF_CAUSE = { idle: 'resting', lock: 'resting', crash: 'offline' } as const;

/** The state from now on. May wait for the line. */
export const StatusChoose = z
  .strictObject({
    type: z.literal('status.choose'),
    state: AgentState,
    cause: StatusCause.extract(['agent', 'idle', 'lock', 'crash']),
  })
  .refine(({ state, cause }) => cause === 'agent' || state === STATE_OF_CAUSE[cause], { path: ['cause'] });

/** "Siguiente estado". May wait for the line. */
export const StatusChooseNext = z.strictObject({ type: z.literal('status.chooseNext'), state: AgentState });

/** "Atención manual". May wait for the line. */
export const StatusSetManual = z.strictObject({ type: z.literal('status.setManual'), isManual: z.boolean() });
