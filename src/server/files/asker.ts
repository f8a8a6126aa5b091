/** Who sends or fetches a file. */
export type Asker =
  | { type: 'agent'; agentId: string; companyId: string; deviceId: string; sessionId: string }
  /** A browser that has entered a video; `browserHash`: of what its cookie says. */
  | { type: 'guest'; browserHash: Buffer };
