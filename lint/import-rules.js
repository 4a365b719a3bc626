/** Which folder may import what. The first zone that contains a file judges its imports; AGENTS.md shows the same as a table. */

const TEMPORAL = '@temporalio/';
const SDK = '@anthropic-ai/sdk';

/** Parts of common/ that need Node or zod. The rest of it runs anywhere, so the workflow sandbox may load it. */
const COMMON_FOR_NODE = ['common/pipelines/', 'common/settings', 'common/price-list'];
const PURE_COMMON = { folders: ['common/'], except: COMMON_FOR_NODE };

/**
 * Fields of a zone:
 * - `files`: path prefixes that it governs.
 * - `ours`: our paths from which values may come (absent: all); `oursExcept`: those among them that stay forbidden.
 * - `packages`: packages from which values may come, `node:` standing for Node's own (absent: all).
 * - `typesFrom`: our paths from which types may come (absent: all); `noTypesOf`: package prefixes of which not even types may come.
 * - `why`: completes "Cannot import … here: ".
 */
const ZONES = [
  {
    files: ['test/', 'bench/', 'lint/', 'docs/'],
    why: '',
  },
  {
    files: ['workflows/patterns/'],
    ours: ['workflows/patterns/', ...PURE_COMMON.folders],
    oursExcept: COMMON_FOR_NODE,
    packages: [],
    noTypesOf: [TEMPORAL],
    why: 'patterns take values only from themselves and the pure part of common/, and know nothing of Temporal; take the step as a parameter',
  },
  {
    files: ['workflows/'],
    ours: ['workflows/', ...PURE_COMMON.folders],
    oursExcept: COMMON_FOR_NODE,
    packages: ['@temporalio/workflow', '@temporalio/common'],
    why: 'workflow code takes values only from @temporalio/workflow, @temporalio/common, the pure part of common/ and itself; use "import type" or do it in an activity',
  },
  {
    files: COMMON_FOR_NODE,
    ours: ['common/'],
    packages: ['zod', '@temporalio/common'],
    typesFrom: ['common/'],
    why: 'common/ imports nothing of ours outside itself and no Node builtin; move the code to the folder that needs it',
  },
  {
    files: ['common/'],
    ours: PURE_COMMON.folders,
    oursExcept: COMMON_FOR_NODE,
    packages: ['@temporalio/common'],
    typesFrom: ['common/'],
    why: 'common/ runs on both sides of the sandbox: no Node builtin, no zod and nothing of ours outside itself; move the code to common/pipelines/ or to the folder that needs it',
  },
  {
    files: ['agents/'],
    ours: ['agents/', 'common/'],
    packages: ['zod'],
    why: 'an agent is data: it takes values only from agents/, common/ and zod; move the code to activities/',
  },
  {
    files: ['simulator/'],
    ours: ['simulator/', 'common/'],
    typesFrom: ['simulator/', 'common/'],
    why: 'simulator/ takes nothing of ours but common/, or it would confirm our own mistakes; write down what Claude does instead',
  },
  {
    files: ['storage/', 'codecs/'],
    ours: ['storage/', 'codecs/', 'common/'],
    why: 'storage/ and codecs/ take nothing of ours but common/; pass it in as a parameter',
  },
  {
    files: ['rows/'],
    ours: ['rows/', 'storage/', 'common/'],
    typesFrom: ['rows/', 'storage/', 'common/'],
    why: 'rows/ serves client/ and activities/ alike and takes of ours only storage/ and common/; move what they share there',
  },
  {
    files: ['claude/'],
    oursExcept: ['rows/', 'workflows/', 'activities/', 'worker/', 'client/', 'simulator/', 'test/', 'bench/'],
    why: 'the transport stands below activities/ and worker/; pass it in as a parameter',
  },
  {
    files: ['activities/'],
    oursExcept: ['workflows/', 'worker/', 'client/', 'simulator/', 'test/', 'bench/'],
    why: 'activities stand below worker/ and beside workflows/; pass it in through the dependencies of createActivities',
  },
  {
    files: ['client/cli/'],
    oursExcept: ['workflows/', 'activities/', 'claude/', 'worker/', 'test/', 'bench/'],
    oursAlso: ['worker/local/', 'worker/deployments/', 'worker/serverless/build-id', 'worker/run-worker'],
    why: 'of the worker side and of workflows/ the command line takes values only from worker/local/, worker/deployments/ and worker/run-worker; move what both need to common/',
  },
  {
    files: ['client/'],
    oursExcept: ['workflows/', 'activities/', 'claude/', 'worker/', 'simulator/', 'client/cli/', 'test/', 'bench/'],
    why: 'the client library takes no values of the worker side, of workflows/ or of the command line; move what both need to common/',
  },
  {
    files: ['worker/'],
    oursExcept: ['client/', 'test/', 'bench/'],
    why: 'worker/ stands below client/; move what both need to common/ or worker/local/',
  },
];

/** Where @anthropic-ai/sdk may be imported by value. */
const SDK_FOLDERS = ['claude/', 'test/', 'bench/'];

const isNodeBuiltin = (source) => source.startsWith('node:') || require('node:module').isBuiltin(source);
const isOneOf = (path, prefixes) => prefixes.some((prefix) => path.startsWith(prefix) || `${path}/` === prefix);
const isPackage = (source, name) => source === name || source.startsWith(`${name}/`);

function mayTakeValue(zone, path) {
  if (isOneOf(path, zone.oursAlso ?? [])) return true;
  if (isOneOf(path, zone.oursExcept ?? [])) return false;
  return zone.ours === undefined || isOneOf(path, zone.ours);
}

function mayTakePackage(zone, source) {
  if (zone.packages === undefined) return true;
  return zone.packages.some((name) => isPackage(source, name)) || (zone.packages.includes('node:') && isNodeBuiltin(source));
}

/**
 * Judges one import.
 * @param {{ from: string, to?: string, source: string, typeOnly: boolean }} edge `from` and `to` are paths from the root of the
 *   repository with `/`; `to` is absent when `source` names a package.
 * @returns {string | null} what is wrong with it.
 */
function judgeImport({ from, to, source, typeOnly }) {
  if (!typeOnly && isPackage(source, SDK) && !isOneOf(from, SDK_FOLDERS)) {
    return `Cannot import "${source}" here: only claude/ touches the SDK by value; use "import type" or go through claude/`;
  }
  const zone = ZONES.find(({ files }) => isOneOf(from, files));
  if (zone === undefined) return null;
  const allowed = typeOnly ? mayTakeType(zone, to, source) : to === undefined ? mayTakePackage(zone, source) : mayTakeValue(zone, to);
  return allowed ? null : `Cannot import "${source}" here: ${zone.why}`;
}

function mayTakeType(zone, to, source) {
  if (to === undefined) return !(zone.noTypesOf ?? []).some((prefix) => source.startsWith(prefix));
  return zone.typesFrom === undefined || isOneOf(to, zone.typesFrom);
}

module.exports = { judgeImport };
