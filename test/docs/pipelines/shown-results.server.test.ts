import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { PipelineName } from '../../../common/pipelines/index';
import type { PipelineRequest, PipelineResult } from '../../../common/pipelines/types';
import { withRig } from '../../pipelines/with-rig';

const ROOT = join(__dirname, '..', '..', '..');

/** What the page of a pipeline shows first as JSON, taken from a result. */
type Shown = { readonly [Name in PipelineName]?: (result: PipelineResult<Name>) => unknown };

const SHOWN: Shown = {
  listing: ({ pricing }) => pricing,
  productLaunch: (result) => result,
  competitorReport: ({ pricing }) => pricing.comparisons[0],
};

describe('docs/pipelines', () => {
  const rig = withRig();

  test.each(Object.keys(SHOWN) as Array<keyof typeof SHOWN>)(
    '%s.md shows what its example gives',
    async (name) => {
      const page = readFileSync(join(ROOT, 'docs', 'pipelines', `${name}.md`), 'utf8');
      const input = JSON.parse(readFileSync(join(ROOT, 'examples', `${name}.json`), 'utf8')) as PipelineRequest<typeof name>; // its schema checks it
      const { result } = await (await rig.start(name, input)).outcome();
      const take = SHOWN[name] as (result: unknown) => unknown; // of the same pipeline
      expect(JSON.parse(/```json\n([^]+?)```/.exec(page)?.[1] ?? '')).toEqual(take(result));
    },
    180_000,
  );
});
