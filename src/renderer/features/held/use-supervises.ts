import { useWorking } from '../../start/use-working.ts';

/** Whether the agent who works here may free what others hold; the server decides it anew. */
export function useSupervises(): boolean {
  return useWorking().agent.role !== 'agent';
}
