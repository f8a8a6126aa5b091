import type { DeviceId } from '../../protocol/ids.ts';

/** The key of an enrolled desk. */
export interface DeviceKey {
  id: DeviceId;
  secret: string;
}

/** A session of an agent at this desk. */
export interface SessionKey {
  token: string;
  device: DeviceKey;
}

export function deviceHeaders({ id, secret }: DeviceKey): Record<string, string> {
  return { authorization: `Device ${id}.${secret}` };
}

export function sessionHeaders({ token, device }: SessionKey): Record<string, string> {
  return { authorization: `Bearer ${token}`, 'x-device': `${device.id}.${device.secret}` };
}
