import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import type { ApplicationFailure } from '@temporalio/common';
import { z } from 'zod';

import { createMcpServers, type McpServers } from '../../../activities/tools/mcp-servers';
import { quietEnvironment, startActivityRig } from '../activity-rig';
import type { ToolCallContext } from '../../../common/tool-call';
import type { McpToolActivity } from '../../../activities/index';

const command = { command: process.execPath, args: [join(__dirname, '../../fixtures/mcp-server.js')], env: { GIVEN: 'yes' } };

const failed = (promise: Promise<unknown>): Promise<ApplicationFailure> =>
  promise.then(
    (value) => Promise.reject(new Error(`it succeeded with ${JSON.stringify(value)}`)),
    (error: ApplicationFailure) => error,
  );

describe('createMcpServers()', () => {
  let servers: McpServers;
  let http: Server;
  let url: string;
  const headers: unknown[] = [];

  beforeAll(async () => {
    process.env['TROUPE_TEST_SECRET'] = 'x';
    http = createServer((request, response) => {
      headers.push(request.headers['authorization']);
      const server = new McpServer({ name: 'web', version: '1' });
      server.registerTool('shout', { description: 'Shouts', inputSchema: { text: z.string() } }, ({ text }) => ({
        content: [{ type: 'text', text: text.toUpperCase() }],
      }));
      const transport = new StreamableHTTPServerTransport({ enableJsonResponse: true });
      void server.connect(transport as never).then(() => transport.handleRequest(request, response));
    });
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(http.address() as AddressInfo).port}/mcp`;
    servers = createMcpServers({
      local: { ...command, approval: 'never' },
      web: { url, headers: { Authorization: 'Bearer t0ken' }, approval: 'always' },
      broken: { command: '/nowhere/at/all', args: [], env: {}, approval: 'always' },
    });
  });
  afterAll(async () => {
    delete process.env['TROUPE_TEST_SECRET'];
    await servers.close();
    http.closeAllConnections();
    await new Promise((resolve) => http.close(resolve));
  });

  const call = (tool: string, input: Record<string, unknown> = {}, server = 'local') =>
    servers.call({ server, tool, input, signal: new AbortController().signal });

  it('lists the tools of a program with their schemas', async () => {
    const listed = await servers.tools('local');
    expect(listed.map(({ name }) => name)).toEqual(['add', 'refuse', 'environment', 'die_reading', 'die_writing']);
    expect(listed[0]).toMatchObject({ description: 'Adds two numbers', inputSchema: { type: 'object', required: ['a', 'b'] } });
  });

  it('calls a tool; what is not text is named', async () => {
    expect(await call('add', { a: 2, b: 3 })).toBe('5');
    expect((await call('environment')).split('\n').at(-1)).toBe('[image: not text]');
  });

  it('gives a program the variables of its entry and none of ours', async () => {
    const names = (await call('environment')).split(/\s/);
    expect(names).toContain('GIVEN');
    expect(names.filter((name) => /ANTHROPIC|TROUPE|TEMPORAL/.test(name))).toEqual([]);
  });

  it('leaves the check of the input to the server, and takes its word as final', async () => {
    const error = await failed(call('add', { a: 'two' }));
    expect(error).toMatchObject({ type: 'ToolFailed', nonRetryable: true });
    expect(error.message).toMatch(/add/);
    expect(await failed(call('refuse'))).toMatchObject({ type: 'ToolFailed', message: 'Cannot do it: it is Sunday', nonRetryable: true });
    expect(await failed(call('fly'))).toMatchObject({ type: 'ToolFailed', nonRetryable: true });
  });

  it.each([
    ['die_reading', false],
    ['die_writing', true],
  ])('a call of %s that gets no answer has nonRetryable %s, and the next call starts the server again', async (tool, nonRetryable) => {
    await servers.tools('local');
    expect(await failed(call(tool))).toMatchObject({ type: 'ToolFailed', nonRetryable });
    expect(await call('add', { a: 1, b: 1 })).toBe('2');
  });

  it('reaches a server by HTTP, with the headers of its entry', async () => {
    expect((await servers.tools('web')).map(({ name }) => name)).toEqual(['shout']);
    expect(await call('shout', { text: 'hey' }, 'web')).toBe('HEY');
    expect(new Set(headers)).toEqual(new Set(['Bearer t0ken']));
    expect(servers.approval('web')).toBe('always');
  });

  it('says that a server cannot be reached, which may pass, or is not known, which does not', async () => {
    expect(await failed(servers.tools('broken'))).toMatchObject({
      type: 'ToolFailed',
      nonRetryable: false,
      message: expect.stringMatching(/^Cannot reach MCP server "broken": .+; check its entry in the tools file$/) as string,
    });
    expect(await failed(servers.tools('other'))).toMatchObject({
      nonRetryable: true,
      message: 'Cannot use MCP server "other": this worker knows no such server; use one of local, web, broken',
    });
  });

  it('is what the mcpTool activity calls', async () => {
    const rig = await startActivityRig('http://127.0.0.1:9', { mcp: servers });
    const { mcpTool } = rig.activities as unknown as { mcpTool: McpToolActivity };
    const context: ToolCallContext = { pipeline: 'p', traceId: 't', storeId: rig.deps.store.id, step: 'digger/mcp', conversation: {} };
    const run = (name: string, input: unknown) => quietEnvironment().run(mcpTool, name, input, context);
    expect(await run('mcp__local__add', { a: 20, b: 22 })).toEqual({ output: { text: '42' } });
    expect(await failed(run('mcp__local__add', [1]))).toMatchObject({ type: 'InvalidInput' });
    expect(await failed(quietEnvironment().run(mcpTool, 'mcp__local__add', {}, { ...context, storeId: 'other' }))).toMatchObject({
      type: 'StoreMismatch',
    });
    await rig.close();
  });
});
