/**
 * Which browser tests a changed file can break, by its folder. A map, because an import graph ends at the server that
 * the tests start. The first matching entry counts. `all` stands for what every surface uses.
 */
const SPECS_OF_FOLDERS: readonly (readonly [folder: string, specs: 'all' | readonly string[]])[] = [
  ['components/agent-setup/', ['e2e/agent-setup']],
  ['components/fields/', ['e2e/registration', 'e2e/plane', 'e2e/agent-setup']],
  ['components/fleet/', ['e2e/fleet', 'e2e/server', 'e2e/shell']],
  ['components/health/', 'all'],
  ['components/plane/', ['e2e/plane', 'e2e/shell']],
  ['components/registration/', ['e2e/registration', 'e2e/agent-setup']],
  ['components/shell/', 'all'],
  ['components/ui/', 'all'],
  ['components/wall-setup/', ['e2e/wall-setup']],
  ['components/wall/', ['e2e/wall', 'e2e/wall-setup']],
  ['lib/plane/agent-setup/', ['e2e/agent-setup', 'e2e/plane']],
  ['lib/plane/credentials/', ['e2e/registration', 'e2e/plane', 'e2e/agent-setup']],
  ['lib/plane/deletion/', ['e2e/plane']],
  ['lib/plane/diagnosis/', ['e2e/plane', 'e2e/agent-setup']],
  ['lib/plane/edit/', ['e2e/plane']],
  ['lib/plane/fleet/', ['e2e/fleet', 'e2e/server', 'e2e/shell', 'e2e/wall']],
  ['lib/plane/history/', ['e2e/plane']],
  ['lib/plane/maintenance/', ['e2e/plane', 'e2e/fleet', 'e2e/shell', 'e2e/wall', 'e2e/wall-setup']],
  ['lib/plane/registration/', ['e2e/registration', 'e2e/agent-setup']],
  ['lib/plane/related/', ['e2e/plane', 'e2e/agent-setup']],
  ['lib/plane/schema/', ['e2e/registration', 'e2e/plane']],
  ['lib/plane/wall/', ['e2e/wall', 'e2e/wall-setup']],
  ['lib/plane/', 'all'],
  ['lib/server/credentials/', ['e2e/plane']],
  ['lib/server/deletion/', ['e2e/plane']],
  ['lib/server/edit/', ['e2e/plane', 'e2e/agent-setup']],
  ['lib/server/history/', ['e2e/plane']],
  ['lib/server/metrics/', ['e2e/plane', 'e2e/server']],
  ['lib/server/registration/', ['e2e/registration', 'e2e/agent-setup']],
  ['lib/server/related/', ['e2e/plane', 'e2e/agent-setup']],
  ['lib/server/wall/', ['e2e/wall', 'e2e/wall-setup']],
  ['lib/', 'all'],
  ['app/wall/', ['e2e/wall', 'e2e/wall-setup']],
  ['app/', 'all'],
  ['demo/gateway/', ['e2e/plane', 'e2e/agent-setup', 'e2e/server', 'e2e/fleet']],
  ['demo/fleet/', ['e2e/fleet', 'e2e/server', 'e2e/plane', 'e2e/agent-setup']],
  ['demo/', 'all'],
  ['deploy/', 'all'],
  ['public/', 'all'],
  ['e2e/bench/', []],
  ['e2e/support/', 'all'],
  ['testing/phrases/', []],
  // Every spec needs the runner; one folder shows that it works.
  ['testing/runner/', ['e2e/shell']],
  ['testing/examples/', ['e2e/registration', 'e2e/agent-setup']],
  ['testing/', 'all'],
  ['docs/', []],
  ['.ci/', []],
];

/** Files that no test reads. */
const UNTESTED = /\.md$|^LICENSE$|^\.gitignore$|^biome\.json$|\.test\.tsx?$/;

/** Returns the folders and files of the browser tests that these changes can break; `all` for every one. */
export function specsOfChanges(files: readonly string[]): 'all' | readonly string[] {
  const specs = new Set<string>();
  for (const file of files) {
    const found = specsOfChange(file);
    if (found === 'all') return 'all';
    for (const spec of found) specs.add(spec);
  }
  return [...specs].filter((spec) => ![...specs].some((other) => spec.startsWith(`${other}/`))).toSorted();
}

function specsOfChange(file: string): 'all' | readonly string[] {
  if (UNTESTED.test(file)) return [];
  const entry = SPECS_OF_FOLDERS.find(([folder]) => file.startsWith(folder));
  if (entry) return entry[1];
  if (file.endsWith('.spec.ts')) return [file];
  // A file beside specs helps those of its folder.
  const [folder = ''] = /^e2e\/[^/]+/.exec(file) ?? [];
  return folder === '' ? 'all' : [folder];
}

/** Returns the folders of the map that match none of the files, which are mistakes or leftovers. */
export function unusedFolders(files: readonly string[]): string[] {
  return SPECS_OF_FOLDERS.map(([folder]) => folder).filter(
    (folder) => !files.some((file) => file.startsWith(folder)),
  );
}

/** Returns all folders and files of browser tests that the map names. */
export function namedSpecs(): string[] {
  return [...new Set(SPECS_OF_FOLDERS.flatMap(([, specs]) => (specs === 'all' ? [] : specs)))];
}
