import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';

import { INTERCEPTOR_MODULES } from '../../../worker/bundle-workflows';
import { startRig, type Rig } from '../../helpers/rig';

describe('CallOptions.sample', () => {
  let rig: Rig;
  beforeAll(async () => {
    const workflowBundle = await bundleWorkflowCode({
      workflowsPath: require.resolve('./sample-workflows'),
      workflowInterceptorModules: INTERCEPTOR_MODULES,
      logger: new DefaultLogger('ERROR'),
    });
    rig = await startRig({ workflowBundle });
  }, 120_000);
  afterAll(() => rig.close());

  it('keeps calls with the very same request apart under reuse, and finds each again', async () => {
    const first = await rig.start('brief', { topic: 'Samples' }, { reuse: true });
    const { result } = await first.outcome();
    expect(first.bill().map(({ step }) => step)).toEqual(['title/candidate', 'title/candidate#2', 'title/candidate#3']);

    const second = await rig.start('brief', { topic: 'Samples' }, { reuse: true });
    expect((await second.outcome()).result).toEqual(result);
    expect(second.bill()).toEqual([]);
  });
});
