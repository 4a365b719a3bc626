import type { RunHandle } from '../run-handle';
import { lookAt } from './look-at';
import { printJson, say } from './output';

export interface SteerFlags {
  readonly json?: true;
}

/** What cancel, pause and resume answer with. */
export async function answerSteering(run: RunHandle, sentence: string, flags: SteerFlags): Promise<void> {
  if (flags.json !== true) return say(sentence);
  const { workflowId, runId, status } = await lookAt(run);
  printJson({ workflowId, runId, status });
}
