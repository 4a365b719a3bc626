/** What the run tells each of its tools, as the last argument of the tool's activity. */
export interface ToolCallContext {
  readonly pipeline: string;
  readonly traceId: string;
  /** Identity of the store that large values go to; a worker with another one refuses. */
  readonly storeId: string;
  /** Step path, also the activityId: stable across attempts and resets. */
  readonly step: string;
  /** Set when an agent calls the tool in its conversation: the activity then returns a `ToolReply`. */
  readonly conversation?: {
    /** Where the input is kept when it is too large for history; the activity's first argument is then null. */
    readonly inputRef?: string;
  };
}

/** What a tool's activity returns. */
export interface ToolOutcome<Output = unknown> {
  /** Checked against the tool's schema. */
  readonly output: Output;
}

/** A tool's result as a conversation carries it: text for Claude or, when that is long, its place in the store. */
export type ToolReply = { readonly text: string } | { readonly ref: string; readonly preview: string };
