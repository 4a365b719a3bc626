import { existsSync } from 'node:fs';
import path from 'node:path';

import { pipelines, type PipelineName } from '../../common/pipelines';
import { packageRoot } from '../../worker/local/package-root';

/** Commands that start a pipeline and work as they stand in this folder. `root` has the examples. @default Troupe's own folder */
export function examplesOf(name: PipelineName, root: string = packageRoot()): string[] {
  const { input, subjectField } = pipelines[name];
  const subject = `Your ${subjectField}`;
  const file = path.join(root, 'examples', `${name}.json`);
  const fromHere = path.relative('', file);
  return [
    ...(input.safeParse({ [subjectField]: subject }).success ? [`npx troupe run ${name} "${subject}"`] : []),
    ...(existsSync(file) ? [`npx troupe run ${name} --input ${fromHere.startsWith('..') ? file : fromHere}`] : []),
  ];
}
