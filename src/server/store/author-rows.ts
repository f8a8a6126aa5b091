import { sql } from 'kysely';
import type { AgentRole } from '../../protocol/office.ts';
import type { Reader } from './database.ts';

/** An agent who acts, with the seat of the latest session on the desk that delivers. */
export interface Author {
  agentId: string;
  companyId: string;
  name: string;
  role: AgentRole;
  deviceId: string;
  branchId: string | null;
  moduleId: string | null;
  moduleName: string | null;
  hasSession: boolean;
  isDisabled: boolean;
  branches: string[];
  services: { id: string; level: 'main' | 'support' }[];
}

/** Null when this agent never signed in on this desk: then nothing may be delivered in their name. */
export async function readAuthor(db: Reader, agentId: string, deviceId: string, now: number): Promise<Author | null> {
  const { rows } = await sql<Author>`
    SELECT agent.id AS "agentId", agent.company_id AS "companyId",
           trim(agent.first_name || ' ' || agent.last_name) AS name, agent.role,
           session.device_id AS "deviceId", session.branch_id AS "branchId", session.module_id AS "moduleId",
           module.name AS "moduleName", agent.disabled_at IS NOT NULL AS "isDisabled",
           session.ended_at IS NULL AND session.expires_at > ${new Date(now)} AS "hasSession",
           CASE WHEN agent.role = 'agent'
             THEN ARRAY(SELECT branch_id FROM agent_branch WHERE agent_id = agent.id)
             ELSE ARRAY(SELECT id FROM branch WHERE company_id = agent.company_id)
           END AS branches,
           (SELECT coalesce(jsonb_agg(jsonb_build_object('id', service_id, 'level', level)), '[]')
            FROM agent_service WHERE agent_id = agent.id) AS services
    FROM session JOIN agent ON agent.id = session.agent_id LEFT JOIN module ON module.id = session.module_id
    WHERE session.device_id = ${deviceId} AND session.agent_id = ${agentId}
    ORDER BY session.created_at DESC LIMIT 1`.execute(db);
  return rows[0] ?? null;
}
