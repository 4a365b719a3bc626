import { z } from 'zod';

import { createModels } from '../../claude/models';
import { outputFormatOf } from '../../claude/output-format';
import { continueTurn, repairTurn } from '../../claude/repair';
import { createTemplate, followUp, renderRequest } from '../../claude/request';
import { readSettings } from '../../common/settings';

const models = createModels(readSettings({ TROUPE_MODEL_BEST: 'claude-haiku-4-5-20251001' }));
const base = { model: models.forTier('fast'), system: 'Be brief.', maxTokens: 100, effort: 'low' } as const;
const schema = z.object({ title: z.string().max(80).describe('At most 80 characters') });

describe('createTemplate()', () => {
  it('adds headroom for thinking by effort, up to what the model can give', () => {
    expect(createTemplate(base).maxTokens).toBe(1_124);
    expect(createTemplate({ ...base, effort: 'high' }).maxTokens).toBe(100 + 16_384);
    expect(createTemplate({ ...base, maxTokens: 500_000 }).maxTokens).toBe(128_000);
  });

  it('asks an earlier model for no effort and gives it no headroom', () => {
    const { maxTokens, outputConfig } = createTemplate({ ...base, model: models.forTier('best') });
    expect(maxTokens).toBe(100);
    expect(outputConfig).toBeUndefined();
  });

  it('marks the system prompt for the cache only when it is long enough for the model', () => {
    const long = 'word '.repeat(500);
    expect(createTemplate({ ...base, system: long }).system).toEqual([{ type: 'text', text: long, cache_control: { type: 'ephemeral' } }]);
    expect(createTemplate({ ...base, system: long, model: models.forTier('best') }).system).toBe(long);
    expect(createTemplate(base).system).toBe('Be brief.');
  });
});

describe('renderRequest()', () => {
  it('gives the same bytes and hash for the same call, and other ones for another', () => {
    const render = (prompt: string) => renderRequest(createTemplate({ ...base, format: outputFormatOf('title', schema) }), prompt);
    expect(render('A')).toEqual(render('A'));
    expect(render('A').hash).toMatch(/^[0-9a-f]{64}$/);
    expect(render('B').hash).not.toBe(render('A').hash);
    expect(JSON.parse(render('A').canonical)).toEqual(render('A').params);
  });

  it('bounds the prompt by its bytes, schema included', () => {
    const plain = renderRequest(createTemplate(base), 'ü'.repeat(1_000));
    const shaped = renderRequest(createTemplate({ ...base, format: outputFormatOf('title', schema) }), 'ü'.repeat(1_000));
    expect(plain.inputBytes).toBeGreaterThan(2_000);
    expect(shaped.inputBytes).toBeGreaterThan(plain.inputBytes + 100);
    expect(shaped.maxTokens).toBe(1_124);
  });
});

describe('followUp(), continueTurn() and repairTurn()', () => {
  const { params } = renderRequest(createTemplate(base), 'A');
  const message = {
    content: [
      { type: 'thinking', thinking: '', signature: 's' },
      { type: 'text', text: 'no' },
    ],
  } as never;

  it('leave the earlier request as it was', () => {
    const before = JSON.stringify(params);
    const next = followUp(params, { append: [{ role: 'user', content: 'more' }], maxTokens: 7 });
    expect(JSON.stringify(params)).toBe(before);
    expect(next.params.messages[0]).toEqual(params.messages[0]);
    expect(next.params.max_tokens).toBe(7);
  });

  it('hand back an answer unchanged, and none when it is empty', () => {
    const { content } = message as { content: object[] };
    expect(continueTurn({ request: params, message }).params.messages).toEqual([
      params.messages[0],
      { role: 'assistant', content },
      { role: 'user', content: 'Go on, and give the whole answer.' },
    ]);
    const searching = { content: [...content, { type: 'server_tool_use', id: 's', name: 'web_search', input: {} }] };
    expect(continueTurn({ request: params, message: searching as never }).params.messages.at(-1)).toEqual({
      role: 'assistant',
      ...searching,
    });
    const empty = repairTurn(
      { request: params, message: { content: [] } as never },
      { truncated: false, reasons: ['the answer is empty'] },
      base.model,
    );
    expect(empty?.params.messages.map(({ role }) => role)).toEqual(['user', 'user']);
  });

  it('double the room of a truncated answer until the model has no more', () => {
    const rejected = { truncated: true, reasons: [] };
    expect(repairTurn({ request: params, message }, rejected, base.model)?.maxTokens).toBe(2_248);
    expect(repairTurn({ request: { ...params, max_tokens: 100_000 }, message }, rejected, base.model)?.maxTokens).toBe(128_000);
    expect(repairTurn({ request: { ...params, max_tokens: 128_000 }, message }, rejected, base.model)).toBeUndefined();
  });
});

describe('outputFormatOf()', () => {
  it('keeps limits where the model can see them', () => {
    const { type, schema: json } = outputFormatOf('title', schema);
    expect(type).toBe('json_schema');
    expect(json).toMatchObject({ type: 'object', additionalProperties: false, required: ['title'] });
    expect(JSON.stringify(json)).toContain('At most 80 characters');
  });

  it('refuses what Claude cannot be held to, with the place', () => {
    const record = z.object({ a: z.object({ scores: z.record(z.string(), z.number()) }) });
    expect(() => outputFormatOf('x', record)).toThrow(
      /^Cannot use the output schema of "x": "properties\.a\.properties\.scores" is a record; use a list/,
    );
    const tree = z.object({
      name: z.string(),
      get children() {
        return z.array(tree);
      },
    });
    expect(() => outputFormatOf('x', tree)).toThrow(/is recursive; use a list with parent ids$/);
  });
});

describe('createModels()', () => {
  it('takes tiers from the settings and treats unknown ids as current models', () => {
    expect(models.forTier('balanced').id).toBe('claude-sonnet-5-5');
    expect(models.forTier('best')).toMatchObject({ id: 'claude-haiku-4-5-20251001', takesEffort: false, cacheableFromTokens: 4_096 });
    expect(models.byId('claude-next-9')).toMatchObject({ id: 'claude-next-9', takesEffort: true, maxOutputTokens: 128_000 });
  });
});
