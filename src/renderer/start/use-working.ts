import type { SessionFact } from '../../bridge/facts.ts';
import type { ServiceId } from '../../protocol/ids.ts';
import type { Service } from '../../protocol/office.ts';
import { useDeskState } from './desk-context.ts';

export type WorkingSession = Extract<SessionFact, { state: 'working' }>;

/** The session of the agent who works here. Only the workspace asks for it. */
export function useWorking(): WorkingSession {
  const session = useDeskState((state) => state.session);
  if (session?.state !== 'working') throw new Error('the workspace is shown without a working session');
  return session;
}

export function useService(id: ServiceId): Service | undefined {
  return useWorking().services.find((service) => service.id === id);
}
