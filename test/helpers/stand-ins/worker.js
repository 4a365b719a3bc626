'use strict';
// Stands in for the worker process: obeys the same contract and writes down what it was given.
const { writeFileSync } = require('node:fs');
const path = require('node:path');

const mode = process.env.STAND_IN_WORKER;
if (mode === 'refuse') {
  process.stderr.write('Cannot start the worker: the stand-in was told to refuse\n');
  process.exit(1);
}
const { ANTHROPIC_API_KEY, ...env } = process.env;
const seen = { pid: process.pid, hasKey: ANTHROPIC_API_KEY !== undefined, env };
writeFileSync(path.join(process.env.TROUPE_DATA, 'worker-seen.json'), JSON.stringify(seen));
process.stdin.on('end', () => process.exit(0)).resume();
process.on('SIGTERM', () => (mode === 'slow' ? undefined : process.exit(0)));
process.stdout.write('{"ready":true}\n');
if (mode === 'crash') setTimeout(() => process.exit(3), 20);
