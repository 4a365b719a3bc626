/** Lets `node -r` run the TypeScript sources of a process under test, without a build. */
const { readFileSync } = require('node:fs');

const { transformSync } = require('@swc/core');

// A name without extension means the source: `./price-list` must not find the JSON file beside it.
const json = require.extensions['.json'];
delete require.extensions['.json'];

require.extensions['.ts'] = (module, filename) => {
  const { code } = transformSync(readFileSync(filename, 'utf8'), {
    filename,
    jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
    module: { type: 'commonjs' },
  });
  module._compile(code, filename);
};
require.extensions['.json'] = json;
