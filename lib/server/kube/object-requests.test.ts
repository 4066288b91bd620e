import { beforeEach, expect, test } from 'vitest';
import type { JsonObject } from '@/lib/plane/json/json';
import type { AuditOutput } from '@/lib/server/log/audit';
import { clearProcessSlots, processSlot } from '@/lib/server/process/process-slot';
import { auditedWrite } from './audited-write';
import { createObject, deleteObject, patchObject } from './object-requests';

const metadata = { name: 'prod', namespace: 'acme', uid: 'u1', resourceVersion: '7' };
const plane = { apiVersion: 'openchoreo.dev/v1alpha1', kind: 'DataPlane', metadata, spec: { planeID: 'a' } };
const place = {
  apiVersion: plane.apiVersion,
  kind: 'DataPlane',
  namespace: 'acme',
  name: 'prod',
  uid: 'u1',
  path: '/path',
};
const success = { apiVersion: 'v1', kind: 'Status', status: 'Success' };
const BAD_ANSWER = expect.objectContaining({ code: 'bad-answer' });

beforeEach(() => {
  clearProcessSlots();
  processSlot('audit-log', (): AuditOutput => async () => {});
});

const answering = (body: unknown) => ({
  request: async () => ({ status: 200, etag: null, body, warnings: [] }),
});
const deleted = (body: unknown) =>
  auditedWrite({ user: 'jane' }, { verb: 'delete', object: { kind: 'DataPlane', name: 'prod' } }, (audited) =>
    deleteObject(answering(body), place, audited),
  );
const changed = (patch: JsonObject, body: unknown) => patchObject(answering(body), place, patch, 'dry-run');

test.each([
  ['a success', success],
  ['a success for this uid', { ...success, details: { name: 'prod', kind: 'dataplanes', uid: 'u1' } }],
])('an object is deleted after %s', async (_name, body) => {
  expect(await deleted(body)).toBeNull();
});

test('an object with a deletion timestamp waits for its finalizers', async () => {
  const waiting = { ...plane, metadata: { ...metadata, deletionTimestamp: '2026-03-10T12:00:00Z' } };
  expect(await deleted(waiting)).toBe(waiting);
});

test.each([
  ['the living object', plane],
  ['a failure', { ...success, status: 'Failure', code: 403 }],
  ['a Status without a status', { apiVersion: 'v1', kind: 'Status' }],
  ['a success for another uid', { ...success, details: { uid: 'u2' } }],
  ['a success for another name', { ...success, details: { name: 'stage' } }],
  [
    'another object that is being deleted',
    {
      ...plane,
      metadata: { ...metadata, uid: 'u2', deletionTimestamp: '2026-03-10T12:00:00Z' },
    },
  ],
  ['null', null],
  ['a list', []],
  ['an empty object', {}],
  ['a text', 'accepted'],
])('%s proves no deletion', async (_name, body) => {
  await expect(deleted(body)).rejects.toEqual(BAD_ANSWER);
});

test('an object is changed when the answer has all that the patch sets, and nothing that it removes', async () => {
  const patch = {
    metadata: { resourceVersion: '6', labels: null, annotations: { a: null } },
    spec: { planeID: 'a', gateway: null },
  };
  expect((await changed(patch, plane)).object).toBe(plane);
});

test.each([
  ['another value', { spec: { planeID: 'b' } }, plane],
  ['a value that the patch removes', { spec: { planeID: null } }, plane],
  ['no labels', { metadata: { labels: { a: 'b' } } }, plane],
  ['another uid', { spec: { planeID: 'a' } }, { ...plane, metadata: { ...metadata, uid: 'u2' } }],
  ['nothing', {}, null],
])('an answer with %s proves no change', async (_name, patch, body) => {
  await expect(changed(patch, body)).rejects.toEqual(BAD_ANSWER);
});

test.each([
  ['another name', { ...plane, metadata: { ...metadata, name: 'stage' } }],
  ['another namespace', { ...plane, metadata: { ...metadata, namespace: 'globex' } }],
  ['another kind', { ...plane, kind: 'WorkflowPlane' }],
  ['nothing', null],
])('an answer with %s proves no creation', async (_name, body) => {
  const manifest = { ...plane, metadata: { name: 'prod', namespace: 'acme' } };
  expect((await createObject(answering(plane), '/path', manifest, 'dry-run')).object).toBe(plane);
  await expect(createObject(answering(body), '/path', manifest, 'dry-run')).rejects.toEqual(BAD_ANSWER);
});
