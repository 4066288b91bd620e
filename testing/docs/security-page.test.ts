import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PLANE_KINDS } from '@/lib/plane/model/kinds';
import { manifestsIn, REPOSITORY, securityPage } from './security-page';

const page = securityPage();

test('the security page names only tests that exist', () => {
  const named = [...page.matchAll(/`(\w[\w./-]+\.(?:test|spec)\.ts)`/g)].map(([, path = '']) => path);
  expect(named.length).toBeGreaterThan(50);
  expect(named.filter((path) => !existsSync(join(REPOSITORY, path)))).toEqual([]);
});

test("the security page lets Planeboard's account read every plane kind, and write nothing", () => {
  const account = manifestsIn(page).filter(
    ({ kind, metadata }) => kind.endsWith('Role') && metadata.name === 'planeboard',
  );
  const [cluster] = account.filter(({ kind }) => kind === 'ClusterRole');
  expect(cluster?.rules?.[0]?.resources?.toSorted()).toEqual(
    PLANE_KINDS.map(({ plural }) => plural).toSorted(),
  );
  const verbs = account.flatMap(({ rules = [] }) => rules.flatMap((rule) => rule.verbs));
  expect(new Set(verbs)).toEqual(new Set(['get', 'list', 'watch']));
});
