// One invocation of a function that was unpacked from its package into the folder given, as the local server starts it.
const { join } = require('node:path');

Object.assign(process.env, JSON.parse(process.env.TROUPE_FUNCTION_ENVIRONMENT));
const deadline = Date.now() + 50_000;
const { handler } = require(join(process.argv[2], 'index.js'));
handler({}, { getRemainingTimeInMillis: () => deadline - Date.now() }).then(
  () => process.exit(0),
  () => process.exit(1),
);
