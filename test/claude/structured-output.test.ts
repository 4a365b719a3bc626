import type Anthropic from '@anthropic-ai/sdk';
import { z } from 'zod';

import { judge, textOf } from '../../claude/structured-output';

const schema = z.object({ n: z.number().max(9), tags: z.array(z.string()).min(1) });

function message(text: string, stopReason = 'end_turn', rest: object = {}): Anthropic.Message {
  const content =
    text === ''
      ? []
      : [
          { type: 'thinking', thinking: 'hm' },
          { type: 'text', text: text.slice(0, 3) },
          { type: 'text', text: text.slice(3) },
        ];
  return {
    type: 'message',
    content,
    stop_reason: stopReason,
    stop_details: null,
    usage: { output_tokens: 5 },
    ...rest,
  } as unknown as Anthropic.Message;
}

describe('judge()', () => {
  it('reads the text blocks as one, past the thinking', () => {
    expect(textOf(message('abcdef'))).toBe('abcdef');
    expect(judge(message('{"n":1,"tags":["a"]}'), schema)).toEqual({ kind: 'accepted', output: { n: 1, tags: ['a'] } });
  });

  it('looks at the stop reason before it looks at the text', () => {
    const whole = '{"n":1,"tags":["a"]}';
    expect(judge(message(whole, 'max_tokens'), schema)).toEqual({
      kind: 'rejected',
      truncated: true,
      reasons: ['the answer was cut off after 5 tokens'],
    });
    expect(judge(message(whole, 'pause_turn'), schema)).toEqual({ kind: 'paused' });
    expect(judge(message(whole, 'refusal'), schema)).toEqual({ kind: 'refused', reasons: ['Claude declined to answer'] });
    expect(judge(message(whole, 'model_context_window_exceeded'), schema).kind).toBe('windowExceeded');
    expect(judge(message(whole, 'tool_use'), schema)).toEqual({
      kind: 'unexpected',
      reasons: ['the answer ended with stop_reason "tool_use"'],
    });
    expect(judge(message(whole, 'stop_sequence'), schema).kind).toBe('accepted');
  });

  it('says what is wrong, place by place', () => {
    expect(judge(message('```json'), schema)).toMatchObject({ kind: 'rejected', truncated: false, reasons: ['the answer is not JSON'] });
    expect(judge(message(''), schema)).toMatchObject({ reasons: ['the answer is empty'] });
    expect(judge(message('{"n":10,"tags":[]}'), schema)).toMatchObject({
      reasons: [expect.stringMatching(/^"n": Too big/), expect.stringMatching(/^"tags": Too small/)],
    });
    expect(judge(message('[]'), schema)).toMatchObject({ reasons: [expect.stringMatching(/^Invalid input: expected object/)] });
  });

  it('lists ten issues and counts the rest', () => {
    const numbers = z.array(z.number());
    const { reasons } = judge(message(JSON.stringify(Array.from({ length: 12 }, () => 'x'))), numbers) as unknown as { reasons: string[] };
    expect(reasons).toHaveLength(11);
    expect(reasons.at(-1)).toBe('and 2 more');
  });

  it('takes free text as it is, unless it is empty', () => {
    expect(judge(message('Hello'), undefined)).toEqual({ kind: 'accepted', output: { text: 'Hello' } });
    expect(judge(message('   '), undefined)).toMatchObject({ kind: 'rejected', reasons: ['the answer is empty'] });
  });
});
