import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { PLANE_KINDS } from '@/lib/plane/model/kinds';

interface Rule {
  readonly resources?: readonly string[];
  readonly verbs: readonly string[];
}

interface RbacObject {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly rules?: readonly Rule[];
}

const ROOT = join(import.meta.dirname, '..', '..');
const page = readFileSync(join(ROOT, 'docs', 'security.md'), 'utf8');
const objects = [...page.matchAll(/^```yaml\n([\s\S]*?)^```/gm)].flatMap(([, yaml = '']) =>
  parseAllDocuments(yaml).map((document): RbacObject => {
    expect(document.errors).toEqual([]);
    return document.toJS() as RbacObject;
  }),
);

test('the security page names only tests that exist', () => {
  const named = [...page.matchAll(/`(\w[\w./-]+\.(?:test|spec)\.ts)`/g)].map(([, path = '']) => path);
  expect(named.length).toBeGreaterThan(50);
  expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});

test("the security page lets Planeboard's account read every plane kind, and write nothing", () => {
  const account = objects.filter(
    ({ kind, metadata }) => kind.endsWith('Role') && metadata.name === 'planeboard',
  );
  const [cluster] = account.filter(({ kind }) => kind === 'ClusterRole');
  expect(cluster?.rules?.[0]?.resources?.toSorted()).toEqual(
    PLANE_KINDS.map(({ plural }) => plural).toSorted(),
  );
  const verbs = account.flatMap(({ rules = [] }) => rules.flatMap((rule) => rule.verbs));
  expect(new Set(verbs)).toEqual(new Set(['get', 'list', 'watch']));
});
