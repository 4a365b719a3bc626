import { LOCAL_FUNCTION } from './local/function-environment';
import { loadCompiled } from './serverless/compiled';

/** Process entry of a local function. Its code is one file that the build has bundled and compiled: a run waits for this start. */
const { invokeOnce } = loadCompiled(LOCAL_FUNCTION) as typeof import('./local-invocation'); // by worker/build-function.ts

invokeOnce().then(
  () => process.exit(0),
  () => process.exit(1),
);
