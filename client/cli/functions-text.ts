import { readStackInfo, stackFiles, type StackInfo } from '../../worker/local/stack-files';
import { functionsLine } from '../../worker/local/functions';

/** What the stack in a data folder has written down, if one is up. */
export const stackInfoIn = (dataDir: string): StackInfo | undefined => readStackInfo(stackFiles(dataDir));

/** What there is in place of a worker; null when there is one. */
export function functionsText(info: StackInfo | undefined): string | null {
  return info?.functions == null ? null : functionsLine(info.functions);
}
