import { describe, expect, test } from 'vitest';
import type { JsonObject } from '@/lib/plane/json/json';
import { installedKind } from '@/testing/plane/installed-kinds';
import { checkEdit } from './check-edit';
import { editedObjectProblems } from './edit-problems';
import { specIn } from './editable-object';
import { specDraftOf } from './spec-draft';

const KIND = installedKind('1.2', 'DataPlane');
const IDENTITY = { plural: 'dataplanes', namespace: 'acme', name: 'prod' };
const SPEC = { planeID: 'prod', clusterAgent: { clientCA: { secretKeyRef: { name: 'ca', key: 'ca.crt' } } } };

/** The problems of a plane whose spec gets these fields, each as its path and message. */
function problemsWith(spec: JsonObject): string[] {
  const before: JsonObject = { metadata: { name: 'prod', namespace: 'acme' }, spec: SPEC };
  const object = { ...before, spec: { ...SPEC, ...spec } };
  const draft = specDraftOf(specIn(object), KIND, IDENTITY.name);
  const context = { planes: null, hasHiddenPlanes: false, namespaces: null, inspections: {} };
  const ofForm = checkEdit(specIn(before), draft, IDENTITY, KIND, context);
  return editedObjectProblems(before, object, ofForm, KIND).map(
    ({ path, message }) => `${path.join('.')}: ${message}`,
  );
}

const UNDEFINED = "This installation's API doesn't define it.";

describe('the problems of an edited object', () => {
  test.each<[JsonObject, string]>([
    [{ planeId: 'x' }, `spec.planeId: Unknown field planeId. ${UNDEFINED} Did you mean planeID?`],
    [{ gatway: {} }, `spec.gatway: Unknown field gatway. ${UNDEFINED} Did you mean gateway?`],
    [
      { gateway: { ingres: {} } },
      `spec.gateway.ingres: Unknown field gateway.ingres. ${UNDEFINED} Did you mean ingress?`,
    ],
    [{ unheardOf: 1 }, `spec.unheardOf: Unknown field unheardOf. ${UNDEFINED}`],
  ])('name a mistyped field once: %j', (spec, problem) => {
    expect(problemsWith(spec)).toEqual([problem]);
  });

  test("name a mistyped value by the form's rules", () => {
    expect(problemsWith({ gateway: 'x' })).toEqual(['spec.gateway: Expected an object with fields.']);
  });
});
