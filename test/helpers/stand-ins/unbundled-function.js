// One invocation of a function, as the local server starts it, from the files of the build: what is loaded in front of it may change them.
const { join } = require('node:path');

Object.assign(process.env, JSON.parse(process.env.TROUPE_FUNCTION_ENVIRONMENT));
const dist = join(__dirname, '..', '..', '..', 'dist');
const { createServe } = require(join(dist, 'worker', 'serverless', 'serve.js'));
const deadline = Date.now() + 50_000;
const serve = createServe({ env: process.env, folder: join(dist, 'function'), log: () => undefined });
serve({ remainingMs: () => deadline - Date.now(), stop: new AbortController().signal }).then(
  () => process.exit(0),
  () => process.exit(1),
);
