import { z } from 'zod';
import { AttentionId, TicketId } from '../ids.ts';
import { CallReport } from '../video/call-report.ts';

export const callReportFields = { ticketId: TicketId, attentionId: AttentionId, report: CallReport };

/** What the desk tells of a call, its connection and its shared screens, by nobody's press; the media may flow while the line is down. */
export const CallReportAdd = z.strictObject({ type: z.literal('call.report'), ...callReportFields });
