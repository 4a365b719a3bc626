import type { Socket } from 'node:net';

import type { SettingsDigest } from './stack-config';
import type { StackFiles } from './stack-files';
import { onReplies, say, type StackAddresses, type StackReply } from './stack-messages';

/** What became of the stack after a lease was given back. */
export interface Released {
  /** True: the stack is gone. False: it goes on, for other commands or for open runs. */
  readonly stopped: boolean;
  /** Runs that keep it up, when no other command does. */
  readonly openRuns: number;
}

/** A lease on the local stack. One of the three ends gives it back; the first one counts. */
export interface LocalStack {
  readonly addresses: StackAddresses;
  /** The work is done. The stack stops, unless other commands hold it or runs are open. Resolves when that is decided and done. */
  release(): Promise<Released>;
  /** Leaves the stack to its open runs: it stops when the last one has ended. */
  detach(): Promise<void>;
  /** Ctrl-C: the last command stops the stack now, open runs and all; they go on with the next start. Call again to hurry. */
  interrupt(): Promise<Released>;
  /** Settles when the stack has gone although this lease was held: the reason, or undefined when a lease end came first. */
  readonly lost: Promise<Error | undefined>;
}

export interface Joining {
  readonly settings: SettingsDigest;
  readonly anySettings: boolean;
  /** For the supervisor's log. */
  readonly who: string;
  readonly onProgress?: ((line: string) => void) | undefined;
  readonly onFunction?: ((line: string) => void) | undefined;
}

/**
 * Asks for a lease on this connection and waits until the stack is ready.
 * @returns `stopping` when the stack went down in good order instead, `vanished` when its supervisor died.
 * @throws Error with the supervisor's reason.
 */
export async function joinOver(socket: Socket, files: StackFiles, joining: Joining): Promise<LocalStack | 'stopping' | 'vanished'> {
  const conversation = converse(socket, joining);
  say(socket, { type: 'join', settings: joining.settings, anySettings: joining.anySettings, who: joining.who });
  const answer = await conversation.first('ready', 'refused', 'failed', 'closed');
  if (answer.type === 'ready') return leaseOn(conversation, answer.addresses, files);
  socket.destroy();
  if (answer.type !== 'closed') throw new Error(answer.message);
  return conversation.sawStopping() ? 'stopping' : 'vanished';
}

type Heard = StackReply | { readonly type: 'closed' };

interface Conversation {
  readonly socket: Socket;
  /** The first reply of one of these types, past ones included. `closed` is always one of them. */
  first<Type extends Heard['type']>(...types: readonly Type[]): Promise<Extract<Heard, { type: Type }>>;
  sawStopping(): boolean;
}

function converse(socket: Socket, { onProgress, onFunction }: Joining): Conversation {
  const heard: Heard[] = [];
  const waiting = new Set<() => void>();
  const hear = (reply: Heard) => {
    if (reply.type === 'progress') onProgress?.(reply.line);
    else if (reply.type === 'function') onFunction?.(reply.line);
    else heard.push(reply);
    for (const look of waiting) look();
  };
  socket.on('error', () => undefined);
  onReplies(socket, hear);
  socket.once('close', () => hear({ type: 'closed' }));
  return {
    socket,
    first: (...types) =>
      new Promise((resolve) => {
        const look = () => {
          const found = heard.find((reply): reply is Extract<Heard, { type: (typeof types)[number] }> =>
            types.some((type) => type === reply.type),
          );
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
    sawStopping: () => heard.some((reply) => reply.type === 'stopping'),
  };
}

function leaseOn(conversation: Conversation, addresses: StackAddresses, files: StackFiles): LocalStack {
  const { socket } = conversation;
  let ended = false;
  const end = async (type: 'release' | 'interrupt'): Promise<Released> => {
    const again = ended;
    ended = true;
    if (!again || type === 'interrupt') say(socket, { type });
    const answer = await conversation.first('released', 'closed');
    const stopping = answer.type === 'closed' || answer.stopping;
    if (stopping) await conversation.first('closed');
    socket.destroy();
    return { stopped: stopping, openRuns: answer.type === 'closed' ? 0 : answer.openRuns };
  };
  return {
    addresses,
    release: () => end('release'),
    interrupt: () => end('interrupt'),
    detach: async () => {
      ended = true;
      say(socket, { type: 'detach' });
      await conversation.first('released', 'closed');
      socket.destroy();
    },
    lost: conversation.first('failed', 'closed').then((how) => {
      if (ended) return undefined;
      return how.type === 'failed' ? new Error(how.message) : vanished(files);
    }),
  };
}

/** The error for a supervisor that ended without a word. */
export function vanished(files: StackFiles): Error {
  return new Error(
    `Cannot go on with the local stack in "${files.dataDir}": its supervisor is gone; see "${files.log('supervisor')}" and start again`,
  );
}
