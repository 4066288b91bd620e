import { expect, test } from 'vitest';
import type { JsonObject } from '@/lib/plane/json/json';
import { kindOfPlural } from '@/lib/plane/model/kinds';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import type { Caller } from '@/lib/server/rights/caller';
import { type LivePlane, parseLivePlane } from './live-plane';
import { storedPlane } from './stored-plane';

/** The API server fills in the port, but not the host. */
function installedKind(): InstalledKind {
  const entry = kindOfPlural('dataplanes');
  if (!entry) throw new Error('No data planes exist.');
  const properties = { port: { type: 'integer', default: 80 }, host: { type: 'string' } } as const;
  return { entry, schema: { type: 'object', properties: { spec: { type: 'object', properties } } } };
}

function planeAt(resourceVersion: string, spec: JsonObject): LivePlane {
  const metadata = { namespace: 'acme', name: 'prod', uid: 'u1', resourceVersion };
  const body = { apiVersion: 'openchoreo.dev/v1alpha1', kind: 'DataPlane', metadata, spec };
  return parseLivePlane({ plural: 'dataplanes', namespace: 'acme', name: 'prod' }, installedKind(), body);
}

/** Reads fail, so only the answer counts. */
const caller = { id: 'jane', user: 'jane', groups: [], client: {} } as unknown as Caller;
const base = planeAt('9', { port: 80, host: 'a' });
const stored = (patch: JsonObject, answered: LivePlane) => storedPlane(caller, base, patch, answered);

test('an answer with a newer version and the change proves it', async () => {
  const answered = planeAt('10', { port: 80, host: 'b' });
  expect(await stored({ spec: { host: 'b' } }, answered)).toEqual({ plane: answered, notStored: [] });
});

test.each([
  ['with the version before it', planeAt('9', { port: 80, host: 'b' })],
  ['with an older version', planeAt('8', { port: 80, host: 'b' })],
  ['without the change', planeAt('10', { port: 80, host: 'a' })],
])('an answer %s proves nothing', async (_, answered) => {
  await expect(stored({ spec: { host: 'b' } }, answered)).rejects.toMatchObject({ code: 'bad-answer' });
});

test.each([
  ['sets what is stored', { spec: { host: 'a' } }],
  ['removes a value that the API server fills in again', { spec: { port: null } }],
])('a patch that %s needs no new version', async (_, patch) => {
  expect(await stored(patch, base)).toEqual({ plane: base, notStored: [] });
});

test('an older answer to a patch of a value that the API server fills in again proves nothing', async () => {
  const changed = planeAt('9', { port: 8080, host: 'a' });
  const answered = planeAt('9', { port: 8080, host: 'a' });
  const patch = { spec: { port: null } };
  await expect(storedPlane(caller, changed, patch, answered)).rejects.toMatchObject({ code: 'bad-answer' });
});

test('names no field that has its default after it was removed', async () => {
  const changed = planeAt('9', { port: 8080, host: 'a' });
  const answered = planeAt('10', { port: 80, host: 'a' });
  const { notStored } = await storedPlane(caller, changed, { spec: { port: null } }, answered);
  expect(notStored).toEqual([]);
});
