import { z } from 'zod';
import { AgentState } from '../agent-status.ts';
import { StatusCause } from '../agent-status.ts';

/** The state from now on. May wait for the line. */
export const StatusChoose = z.strictObject({
  type: z.literal('status.choose'),
  state: AgentState,
  cause: StatusCause.extract(['agent', 'idle', 'lock', 'crash']),
});

/** "Siguiente estado". May wait for the line. */
export const StatusChooseNext = z.strictObject({ type: z.literal('status.chooseNext'), state: AgentState });

/** "Atención manual". May wait for the line. */
export const StatusSetManual = z.strictObject({ type: z.literal('status.setManual'), isManual: z.boolean() });
