import path from 'node:path';

/** Variable of the server that holds the environment of its functions as JSON; the function's build id comes by its command line. */
export const FUNCTION_ENVIRONMENT = 'TROUPE_FUNCTION_ENVIRONMENT';

/** In that environment: where the supervisor listens. */
export const FUNCTION_SOCKET = 'TROUPE_FUNCTION_SOCKET';

/** Where the build puts the code of local functions. */
export const LOCAL_FUNCTION = path.join(__dirname, '..', '..', 'function', 'index.js');
