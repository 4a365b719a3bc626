// One invocation of a function that was unpacked from its package into the folder given, as the local server starts it.
const { join } = require('node:path');

Object.assign(process.env, JSON.parse(process.env.TROUPE_FUNCTION_ENVIRONMENT));
// As AWS would let it: the server ends it after a minute, but by then there has been nothing to do.
const deadline = Date.now() + 900_000;
const { handler } = require(join(process.argv[2], 'index.js'));
handler({}, { getRemainingTimeInMillis: () => deadline - Date.now() }).then(
  () => process.exit(0),
  () => process.exit(1),
);
