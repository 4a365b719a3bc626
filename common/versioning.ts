/** Global of the workflow sandbox: set when its worker has a build id. */
export const VERSIONED_FLAG = '__troupeVersioned';

/** What a bundle begins with for a worker that has a build id; on its first line, so that no line is moved. */
export const VERSIONED_PREFIX = `globalThis.${VERSIONED_FLAG} = true; `;
