import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface LockedPackage {
  readonly version: string;
  readonly hasInstallScript?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly allowScripts: Readonly<Record<string, boolean>>;
}

const read = (name: string): unknown => JSON.parse(readFileSync(join(__dirname, '..', name), 'utf8'));
const manifest = read('package.json') as Manifest;
const locked = Object.entries((read('package-lock.json') as { packages: Record<string, LockedPackage> }).packages);
const paths = new Set(locked.map(([path]) => path));
const nameOf = (path: string): string => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** Whether Node would find `name` from the package at `path`, going up one node_modules at a time. */
function isReachable(path: string, name: string): boolean {
  if (paths.has(path === '' ? `node_modules/${name}` : `${path}/node_modules/${name}`)) return true;
  return path !== '' && isReachable(path.slice(0, Math.max(0, path.lastIndexOf('/node_modules/'))), name);
}

describe('package.json', () => {
  test('pins every dependency to one exact version', () => {
    const loose = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }).filter(
      ([, range]) => !/^\d+\.\d+\.\d+$/.test(range),
    );
    expect(loose).toEqual([]);
  });

  test('denies every install script: npm ci stays quiet and runs no code of others', () => {
    const scripted = locked.filter(([, locked]) => locked.hasInstallScript === true).map(([path]) => nameOf(path));
    const undecided = scripted.filter((name) => manifest.allowScripts[name] !== false);
    expect(undecided).toEqual([]);
  });
});

describe('package-lock.json', () => {
  test('has all @temporalio packages at one version: two would load two native cores', () => {
    const versions = locked.filter(([path]) => nameOf(path).startsWith('@temporalio/')).map(([, { version }]) => version);
    expect(versions.length).toBeGreaterThan(5);
    expect([...new Set(versions)]).toEqual([manifest.dependencies['@temporalio/worker']]);
  });

  // npm leaves out what its registry does not offer, and then refuses `npm ci` because they are missing.
  test('lists the optional packages of every platform', () => {
    const wanted = locked.flatMap(([path, { optionalDependencies }]) =>
      Object.keys(optionalDependencies ?? {}).map((name) => ({ path, name })),
    );
    expect(wanted.length).toBeGreaterThan(10);
    expect(wanted.filter(({ path, name }) => !isReachable(path, name))).toEqual([]);
  });
});
