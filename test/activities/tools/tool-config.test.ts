import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { z } from 'zod';

import { defineTool } from '../../../activities/tools/define-tool';
import { parseToolConfig } from '../../../activities/tools/tool-config';
import { readToolConfig } from '../../../worker/read-tool-config';

const lookup = defineTool({
  name: 'lookup',
  description: 'Looks something up',
  input: z.object({ id: z.string() }),
  output: z.object({ found: z.string() }),
  config: z.strictObject({ baseUrl: z.url(), apiKey: z.string().min(1) }).optional(),
  run: ({ id }, { config }) => ({ found: `${id} at ${config?.baseUrl ?? 'sample'}` }),
});
const tools = { lookup };
const env = { LOOKUP_KEY: 's3cret', HOST: 'api.example.com' };

describe('parseToolConfig()', () => {
  it('fills in what the environment holds and gives every tool its section', () => {
    const content = {
      tools: { lookup: { baseUrl: 'https://${HOST}/v1', apiKey: '${LOOKUP_KEY}' } },
      mcpServers: { files: { command: 'node', args: ['x.js'], env: { TOKEN: '${LOOKUP_KEY}' } }, web: { url: 'https://${HOST}/mcp' } },
    };
    expect(parseToolConfig(content, tools, env)).toEqual({
      tools: { lookup: { baseUrl: 'https://api.example.com/v1', apiKey: 's3cret' } },
      mcpServers: {
        files: { command: 'node', args: ['x.js'], env: { TOKEN: 's3cret' }, approval: 'always' },
        web: { url: 'https://api.example.com/mcp', headers: {}, approval: 'always' },
      },
    });
    expect(parseToolConfig({}, tools, {})).toEqual({ tools: { lookup: undefined }, mcpServers: {} });
  });

  it.each([
    [
      'a secret written out',
      { tools: { lookup: { baseUrl: 'https://x.com', apiKey: 's3cret' } } },
      /^tools\.lookup\.apiKey: a secret stands in/,
    ],
    [
      'a secret in a header',
      { mcpServers: { web: { url: 'https://x.com', headers: { Authorization: 'Bearer s3cret' } } } },
      /Authorization: a secret/,
    ],
    [
      'a secret that anybody on the way to a server can read',
      { mcpServers: { web: { url: 'http://x.com/mcp', headers: { Authorization: 'Bearer ${LOOKUP_KEY}' } } } },
      /"mcpServers\.web\.url" must be an https address/,
    ],
    ['a variable that is not set', { tools: { lookup: { apiKey: '${NOPE}' } } }, /^"NOPE" is not set in the environment/],
    ['an unknown tool', { tools: { look: {} } }, /^tools\.look: there is no such tool; use one of lookup$/],
    [
      'a section that does not fit',
      { tools: { lookup: { baseUrl: 'x', apiKey: '${LOOKUP_KEY}' } } },
      /^tools\.lookup: "baseUrl" is not an address/,
    ],
    ['an unknown field', { tool: {} }, /tool/],
    [
      'a server name with underscores',
      { mcpServers: { a__b: { command: 'x' } } },
      /^mcpServers\.a__b: a server's name has at most 40 letters/,
    ],
    ['no object', [], /must be an object/],
  ])('refuses %s, and names no value of a secret', (_, content, message) => {
    const parse = () => parseToolConfig(content, tools, env);
    expect(parse).toThrow(message);
    expect(parse).not.toThrow(/s3cret/);
  });
});

describe('readToolConfig()', () => {
  const folder = mkdtempSync(join(tmpdir(), 'troupe-tools-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const file = (text: string): string => {
    const path = join(folder, 'tools.json');
    writeFileSync(path, text);
    return path;
  };

  it('reads a file, and does without one', () => {
    expect(readToolConfig(file('{"mcpServers":{}}'), tools, env).mcpServers).toEqual({});
    expect(readToolConfig(undefined, tools, env).tools).toEqual({ lookup: undefined });
  });

  it.each([
    ['{"apiKey": "s3cret"', 'it is not JSON'],
    ['{"tools":{"x":{}}}', 'tools.x: there is no such tool'],
  ])('says what is wrong with %s in one line', (text, why) => {
    const read = () => readToolConfig(file(text), tools, env);
    expect(read).toThrow(`Cannot read the tools file "${join(folder, 'tools.json')}": ${why}`);
    expect(read).not.toThrow(/s3cret/);
  });

  it('says that there is no such file', () => {
    expect(() => readToolConfig(join(folder, 'none.json'), tools, env)).toThrow(/^Cannot read the tools file ".+": ENOENT/);
  });
});
