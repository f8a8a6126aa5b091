/** A row of a branch's headers. Instants are ms. */
export interface HeaderRow {
  number: number;
  id: string;
  branchId: string;
  serviceId: string;
  state: string;
  holderId: string | null;
  turnCode: string;
  businessDay: string;
  waitingSince: number;
  closedAt: number | null;
  displayName: string | null;
  documentLast4: string | null;
  /** The whole protocol object. */
  json: string;
}

export const INSERT_HEADER = `
INSERT INTO headers (number, id, branch_id, service_id, state, holder_id, turn_code, business_day, waiting_since, closed_at,
  display_name, document_last4, json)
VALUES (@number, @id, @branchId, @serviceId, @state, @holderId, @turnCode, @businessDay, @waitingSince, @closedAt,
  @displayName, @documentLast4, @json)`;
