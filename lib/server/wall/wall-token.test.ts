import { expect, test } from 'vitest';
import { linkStateOf, parseTokenConfigMap } from './wall-token';

const NAMESPACE = 'openchoreo';
const METADATA = { namespace: NAMESPACE, name: 'planeboard-wall', uid: 'u1', resourceVersion: '1' };
const CONFIG_MAP = { apiVersion: 'v1', kind: 'ConfigMap', metadata: METADATA };
const LIMITS = { kinds: [], roles: ['data'], namespaces: ['acme'] };
const STORED = {
  sha256: 'a'.repeat(64),
  title: 'Hall',
  limits: LIMITS,
  createdAt: '2026-03-10T12:00:00Z',
  createdBy: 'jane',
};

const LINKS = { keys: [], lifeMs: 1000 };

async function idsOf(stored: unknown): Promise<string[]> {
  const body = { ...CONFIG_MAP, data: { 'wall-1': JSON.stringify(stored) } };
  return [...(await parseTokenConfigMap(body, NAMESPACE, LINKS)).tokens.keys()];
}

test('reads a token with its limits', async () => {
  expect(await idsOf(STORED)).toEqual(['wall-1']);
});

test.each([
  ['a limit that is not known', { ...STORED, limits: { ...LIMITS, labels: ['team=a'] } }],
  ['a limit that is misspelled', { ...STORED, limits: { kinds: [], roles: [], namespace: ['acme'] } }],
  ['a limit that is missing', { ...STORED, limits: { kinds: [], roles: [] } }],
  ['a limit that is no list', { ...STORED, limits: { ...LIMITS, namespaces: 'acme' } }],
  ['no limits', { ...STORED, limits: undefined }],
  ['a restriction that is not known', { ...STORED, expiresAt: '2026-03-11T12:00:00Z' }],
])('grants nothing to a token with %s', async (_, stored) => {
  expect(await idsOf(stored)).toEqual([]);
});

test.each([
  null,
  [],
  'page',
  { ...CONFIG_MAP, data: { a: 1 } },
  { ...CONFIG_MAP, kind: 'Secret' },
  { ...CONFIG_MAP, metadata: { ...METADATA, name: 'another' } },
])('reports an answer that is no ConfigMap: %j', async (body) => {
  await expect(parseTokenConfigMap(body, NAMESPACE, LINKS)).rejects.toMatchObject({ code: 'bad-answer' });
});

test('says whether a link has ended, on the clock of the API server', () => {
  const link = { ...STORED, endsAt: '2026-09-06T12:00:00Z', isAuthentic: true };
  const endMs = Date.parse(link.endsAt);
  expect([endMs - 1, endMs].map((nowMs) => linkStateOf(link, nowMs))).toEqual(['valid', 'ended']);
  expect(linkStateOf({ ...link, isAuthentic: false }, 0)).toBe('not-authentic');
});
