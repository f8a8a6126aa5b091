import { describe, expect, it } from 'vitest';
import { CommandBody, OnlineBody } from '../../protocol/commands/agent-command.ts';
import type { CommandType } from '../../protocol/commands/agent-command.ts';
import { needsLine } from './needs-line.ts';

const types = CommandBody.options.map((option) => option.shape.type.value);
const bodyOf = (type: CommandType) => ({ type }) as CommandBody;

describe('needsLine', () => {
  it('[R2] [CM1] lets exactly these wait for the line', () => {
    expect(types.filter((type) => !needsLine(bodyOf(type), 'counter'))).toEqual([
      'status.choose',
      'status.chooseNext',
      'status.setManual',
      'note.add',
      'topics.choose',
      'contact.edit',
      'contact.link',
      'attention.finish',
      'ticket.attendNow',
      'mark.add',
      'call.report',
    ]);
  });

  it('[R2] [CM1] neither finishes nor attends a video without the line', () => {
    expect(needsLine(bodyOf('attention.finish'), 'video')).toBe(true);
    expect(needsLine(bodyOf('ticket.attendNow'), 'video')).toBe(true);
    expect(needsLine(bodyOf('note.add'), 'video')).toBe(false);
    expect(needsLine(bodyOf('mark.add'), 'video')).toBe(false);
    expect(needsLine(bodyOf('status.choose'), null)).toBe(false);
  });

  it('[R2] [CM1] claims and transfers nothing without the line', () => {
    for (const option of OnlineBody.options) expect(needsLine(bodyOf(option.shape.type.value), 'counter')).toBe(true);
  });
});
