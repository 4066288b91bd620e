import { expect, test } from 'vitest';
import { requestedObject } from './requested-object';

const metadata = { name: 'prod', namespace: 'acme', uid: 'u1', resourceVersion: '7' };
const plane = { apiVersion: 'openchoreo.dev/v1alpha1', kind: 'DataPlane', metadata };
const wanted = {
  apiVersion: plane.apiVersion,
  kind: 'DataPlane',
  namespace: 'acme',
  name: 'prod',
  uid: 'u1',
};

test('the requested object is returned as it is', () => {
  expect(requestedObject(plane, wanted)).toBe(plane);
  expect(requestedObject(plane, { ...wanted, uid: undefined })).toBe(plane);
});

test.each([
  ['another kind', { ...plane, kind: 'WorkflowPlane' }],
  ['another API version', { ...plane, apiVersion: 'v1' }],
  ['another name', { ...plane, metadata: { ...metadata, name: 'stage' } }],
  ['another namespace', { ...plane, metadata: { ...metadata, namespace: 'globex' } }],
  ['an object of the cluster', { ...plane, metadata: { ...metadata, namespace: undefined } }],
  ['another object of that name', { ...plane, metadata: { ...metadata, uid: 'u2' } }],
  ['an object without a uid', { ...plane, metadata: { name: 'prod', namespace: 'acme' } }],
  ['a failure', { kind: 'Status', status: 'Failure', code: 403 }],
  ['null', null],
  ['a list', [plane]],
])('%s is a bad answer', (_name, body) => {
  expect(() => requestedObject(body, wanted)).toThrow("isn't the requested DataPlane");
});
