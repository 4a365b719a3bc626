import { statSync } from 'node:fs';
import path from 'node:path';

/**
 * Tells the builds of a worker program apart: the build writes the workflow bundle last, and each time.
 * @returns undefined when there is no bundle beside the program's folder
 */
export function workerBuild(workerScript: string): string | undefined {
  const stats = statSync(path.join(path.dirname(workerScript), '..', 'workflow-bundle.js'), { throwIfNoEntry: false });
  return stats === undefined ? undefined : `${stats.mtimeMs}/${stats.size}`;
}
