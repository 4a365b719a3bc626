import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';

import { z } from 'zod';

const addressesSchema = z.object({
  /** `127.0.0.1:<port>` of the Temporal frontend. */
  temporal: z.string(),
  namespace: z.string(),
  /** Base URL of Temporal's Web UI. */
  ui: z.string().nullable(),
  /** Base URL that Claude is called at; null: the SDK's default, the real API. */
  claude: z.string().nullable(),
  simulated: z.boolean(),
  /** Folder or address of the store that the stack's worker uses. */
  store: z.string(),
  dataDir: z.string(),
  /** Build id of the functions that the server wakes; null: a worker is always there. */
  serverless: z.string().nullable(),
});

export type StackAddresses = z.infer<typeof addressesSchema>;

const requestSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('join'),
    settings: z.record(z.string(), z.string()),
    anySettings: z.boolean(),
    /** Who it is, for the supervisor's log. */
    who: z.string().optional(),
  }),
  z.object({ type: z.literal('release') }),
  z.object({ type: z.literal('detach') }),
  z.object({ type: z.literal('interrupt') }),
  /** A function is there; it is for as long as the connection is open. */
  z.object({
    type: z.literal('function'),
    pid: z.number(),
    buildId: z.string(),
    /** Epoch milliseconds of the start of its process. */
    startedAt: z.number(),
  }),
  /** It takes up no more tasks. */
  z.object({ type: z.literal('functionDrains') }),
  /** It has done what there was to do. */
  z.object({ type: z.literal('functionEnds'), reason: z.string(), workflowTasks: z.number(), activities: z.number() }),
]);

/** What a command says to the supervisor. */
export type StackRequest = z.infer<typeof requestSchema>;

const replySchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('progress'), line: z.string() }),
  /** A function has started or ended. */
  z.object({ type: z.literal('function'), line: z.string() }),
  /** To a function: whether it should work, or others are enough. */
  z.object({ type: z.literal('functionIs'), needed: z.boolean() }),
  z.object({ type: z.literal('ready'), addresses: addressesSchema }),
  /** The stack does not do what the command wants, and is in use. */
  z.object({ type: z.literal('refused'), message: z.string() }),
  /** The stack goes down for a reason that the command should hear. */
  z.object({ type: z.literal('failed'), message: z.string() }),
  /** The stack goes down in good order; the connection closes when it is gone. */
  z.object({ type: z.literal('stopping') }),
  z.object({ type: z.literal('released'), stopping: z.boolean(), openRuns: z.number() }),
]);

/** What the supervisor says to a command. */
export type StackReply = z.infer<typeof replySchema>;

export function say(socket: Socket, message: StackRequest | StackReply): void {
  if (!socket.destroyed && socket.writable) socket.write(`${JSON.stringify(message)}\n`);
}

/** Calls back for each request on a connection; what is not one is a reason to hang up. */
export function onRequests(socket: Socket, handle: (request: StackRequest) => void): void {
  onLines(socket, (line) => handle(requestSchema.parse(JSON.parse(line))));
}

export function onReplies(socket: Socket, handle: (reply: StackReply) => void): void {
  onLines(socket, (line) => handle(replySchema.parse(JSON.parse(line))));
}

function onLines(socket: Socket, handle: (line: string) => void): void {
  const lines = createInterface({ input: socket });
  // Repeats the socket's errors, which the socket's `close` reports well enough.
  lines.on('error', () => undefined);
  lines.on('line', (line) => {
    try {
      handle(line);
    } catch (error) {
      socket.destroy(error instanceof Error ? error : new Error(String(error)));
    }
  });
}
