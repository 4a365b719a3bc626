import { spawnSync } from 'node:child_process';

/** A host of its own as far as the network goes: a namespace with one cable to everybody else. */
export interface NetworkHost {
  readonly name: string;
  /** What must stand in front of a command so that it runs there. */
  readonly enter: readonly [string, ...string[]];
  /** Pulls the cable: what is sent from then on is lost, open connections hang. */
  cut(): void;
  plug(): void;
}

export interface Network {
  /** Address of this machine that every host reaches. */
  readonly address: string;
  readonly hosts: readonly NetworkHost[];
  close(): void;
}

function ip(...args: readonly string[]): void {
  const { status, stderr, error } = spawnSync('ip', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`Cannot run "ip ${args.join(' ')}": ${(error?.message ?? stderr).trim()}; run it as root on Linux`);
}

/** Why there can be no hosts here; undefined when there can. */
export function noNetworks(): string | undefined {
  const name = `troupe-${process.pid}-try`;
  try {
    ip('netns', 'add', name);
    ip('netns', 'del', name);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/**
 * Makes hosts on a bridge of their own.
 * @throws Error when this machine does not allow it; nothing is left then
 */
export function makeNetwork(count: number): Network {
  const id = process.pid % 60_000;
  // A range for private use, so that no two test runs of a machine share one.
  const subnet = `10.${192 + (id % 60)}.${Math.floor(id / 60) % 250}`;
  const bridge = `tr${id}`;
  const undo: Array<() => void> = [];
  const close = (): void => {
    for (const step of undo.splice(0).toReversed()) step();
  };
  try {
    ip('link', 'add', bridge, 'type', 'bridge');
    undo.push(() => ip('link', 'del', bridge));
    ip('addr', 'add', `${subnet}.1/24`, 'dev', bridge);
    ip('link', 'set', bridge, 'up');
    const hosts = Array.from({ length: count }, (_, at) => makeHost({ bridge, subnet, at: at + 1, undo }));
    return { address: `${subnet}.1`, hosts, close };
  } catch (error) {
    close();
    throw error;
  }
}

interface Cable {
  readonly bridge: string;
  readonly subnet: string;
  readonly at: number;
  readonly undo: Array<() => void>;
}

function makeHost({ bridge, subnet, at, undo }: Cable): NetworkHost {
  const name = `troupe-${process.pid}-${at}`;
  const plug = `${bridge}h${at}`;
  ip('netns', 'add', name);
  // The cable goes with its namespace, once no process is left in it.
  undo.push(() => ip('netns', 'del', name));
  ip('link', 'add', plug, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', name);
  undo.push(() => ip('link', 'del', plug));
  ip('link', 'set', plug, 'master', bridge, 'up');
  ip('-n', name, 'addr', 'add', `${subnet}.${at + 1}/24`, 'dev', 'eth0');
  ip('-n', name, 'link', 'set', 'eth0', 'up');
  ip('-n', name, 'link', 'set', 'lo', 'up');
  return {
    name,
    enter: ['ip', 'netns', 'exec', name],
    cut: () => ip('link', 'set', plug, 'down'),
    plug: () => ip('link', 'set', plug, 'up'),
  };
}
