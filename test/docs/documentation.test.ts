import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { FailureType } from '../../common/failures';
import { readSettings, SETTING_NAMES } from '../../common/settings';

const ROOT = join(__dirname, '..', '..');
const read = (...path: string[]): string => readFileSync(join(ROOT, ...path), 'utf8');

describe('docs/failures', () => {
  const types = Object.values(FailureType);

  test('has a page for every FailureType and for nothing else', () => {
    const pages = readdirSync(join(ROOT, 'docs', 'failures')).filter((name) => name !== 'README.md');
    expect(pages.sort()).toEqual(types.map((type) => `${type}.md`).sort());
  });

  test.each(types)('%s.md tells the message, whether it is retried, why, and what to do', (type) => {
    const page = read('docs', 'failures', `${type}.md`);
    expect(page).toMatch(
      new RegExp(`^# ${type}\n\n\`\`\`\nCannot .+\n\`\`\`\n\n\\*\\*Retried\\?\\*\\* .+\n\n## Why\n\n[^]+\n\n## What to do\n\n- `),
    );
  });

  test.each(types)('README.md lists %s', (type) => {
    expect(read('docs', 'failures', 'README.md')).toContain(`[${type}](${type}.md)`);
  });
});

describe('.env.example', () => {
  const documented = new Map(
    [...read('.env.example').matchAll(/^# ([A-Z][A-Z_]+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]),
  );

  test.each(SETTING_NAMES)('explains %s', (name) => {
    expect([...documented.keys()]).toContain(name);
  });

  test('names nothing that does not exist', () => {
    const known: ReadonlySet<string> = new Set(SETTING_NAMES);
    expect([...documented.keys()].filter((name) => !known.has(name) && !name.startsWith('TEMPORAL_'))).toEqual([]);
  });

  test('shows the true defaults', () => {
    const defaults = Object.entries(readSettings({})).map(([name, value]) => [name, String(value)]);
    expect(defaults.length).toBeGreaterThan(5);
    expect(defaults.map(([name = '']) => [name, documented.get(name)])).toEqual(defaults);
  });
});

describe('AGENTS.md', () => {
  const tree = /^```\n(agents\/[^]+?)^```$/m.exec(read('AGENTS.md'))?.[1] ?? '';
  const listed = pathsOf(tree);

  test('shows every top-level folder in its tree', () => {
    const hidden = new Set(['node_modules', 'dist', 'coverage']);
    const folders = readdirSync(ROOT, { withFileTypes: true }).filter(
      (entry) => entry.isDirectory() && !entry.name.startsWith('.') && !hidden.has(entry.name),
    );
    expect(folders.map(({ name }) => `${name}/`).filter((folder) => !listed.includes(folder))).toEqual([]);
  });

  test.each(listed)('shows %s, which exists', (path) => {
    expect(existsSync(join(ROOT, path))).toBe(true);
  });
});

/** Full paths of a tree drawn with two spaces a level; the first name of each line counts. */
function pathsOf(tree: string): string[] {
  let folder = '';
  return tree
    .trimEnd()
    .split('\n')
    .map((line) => {
      const name = line.trim().split(/[\s|]/)[0] ?? '';
      if (!line.startsWith(' ')) folder = name.endsWith('/') ? name : '';
      return line.startsWith(' ') ? folder + name : name;
    });
}

describe('relative links of the documentation', () => {
  const pages = ['.', 'docs', 'docs/failures', 'docs/decisions', 'docs/patterns', 'docs/pipelines'].flatMap((folder) =>
    readdirSync(join(ROOT, folder))
      .filter((name) => name.endsWith('.md'))
      .map((name) => join(folder, name)),
  );

  test.each(pages)('%s points only at what exists', (page) => {
    const links = [...read(page).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map(([, link = '']) => link);
    const broken = links.filter((link) => !existsSync(join(ROOT, page, '..', link)));
    expect(broken).toEqual([]);
  });
});
