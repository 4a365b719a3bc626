/**
 * Bytes by key. The journal, transcripts and large results live in one; every worker of a task queue must share it.
 * Keys are `/`-separated names of `[A-Za-z0-9._-]`, never starting with a dot.
 */
export interface Store {
  /** Made once when the store is created, and the same for every worker that shares it. */
  readonly id: string;
  /** Where it is, for people: a path or an s3:// address. */
  readonly location: string;
  /** With `durable` what is returned survives a power cut, also while another process is still putting it. @default { durable: false } */
  get(key: string, options?: GetOptions): Promise<Buffer | undefined>;
  /**
   * Replaces the value in one step: a reader sees the old bytes or the new ones. With `durable` it resolves only when the
   * bytes survive a power cut; without, when they survive the death of this process. A power cut before that may leave
   * bytes that cannot be read under a key that was new.
   * @default { durable: true }
   */
  put(key: string, bytes: Uint8Array, options?: PutOptions): Promise<void>;
  /**
   * Puts the value of one key under another one too, replacing what was there; cheaper than to put it twice. As durable as
   * `put` without `durable`. Does nothing when `from` is absent.
   */
  copy(from: string, to: string): Promise<void>;
  /** Full keys directly or deeper below `prefix` (a folder, without trailing slash), sorted. */
  list(prefix: string): Promise<string[]>;
  /** Does nothing when the key is absent. */
  delete(key: string): Promise<void>;
}

export interface GetOptions {
  readonly durable?: boolean;
}

export interface PutOptions {
  readonly durable?: boolean;
}
