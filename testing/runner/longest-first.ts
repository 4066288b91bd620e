import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take a minute or more. If one of them started last, it would run alone. */
const LONG_FILES = [
  'demo/main',
  'lib/server/fleet/catalog-changes',
  'demo/fleet/fleet',
  'demo/control-plane/',
];

/** Runs the long files first, the others in Vitest's order. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((a, b) => rank(a.moduleId) - rank(b.moduleId));
  }
}

function rank(path: string): number {
  const index = LONG_FILES.findIndex((file) => path.includes(file));
  return index === -1 ? LONG_FILES.length : index;
}
