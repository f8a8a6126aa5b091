import { createHash } from 'node:crypto';
import type { AgentCommand } from '../../protocol/commands/agent-command.ts';
import type { CommandRow } from '../store/command-rows.ts';

export interface DeliveringDevice {
  id: string;
  companyId: string;
}

/** Whose a command is and what it says: by it a redelivery is known from another command under the same id. */
export type Envelope = Pick<CommandRow, 'id' | 'authorId' | 'deviceId' | 'sessionId' | 'bodyHash'>;

export function envelopeOf(device: DeliveringDevice, { id, authorId, sessionId, body }: AgentCommand): Envelope {
  const bodyHash = createHash('sha256')
    .update(JSON.stringify([authorId, sessionId, body]))
    .digest();
  return { id, authorId, deviceId: device.id, sessionId, bodyHash };
}
