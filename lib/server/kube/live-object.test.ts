import { describe, expect, test } from 'vitest';
import { MASK } from '@/lib/plane/masking/mask';
import { creationText, type LiveObject, parseLiveObject } from './live-object';

const SECRET = { apiVersion: 'v1', kind: 'Secret' };
const object = (metadata: Partial<LiveObject['metadata']>): LiveObject =>
  parseLiveObject(
    { ...SECRET, metadata: { name: 'prod', uid: 'u', resourceVersion: '1', ...metadata }, spec: {} },
    { ...SECRET, name: 'prod' },
  );

describe('creationText names', () => {
  const creationTimestamp = '2026-01-05T12:00:07Z';
  const managedFields = [
    { manager: 'controller', time: '2026-01-05T12:00:09Z' },
    { manager: 'kubectl-create', time: '2026-01-05T12:00:07Z' },
    { manager: 'manager', time: '2026-01-05T11:00:00Z', subresource: 'status' },
  ];
  test.each([
    [
      'the user who registered it',
      { 'planeboard.openchoreo.dev/registered-by': 'alice' },
      'created 2026-01-05 12:00:07 UTC by alice',
    ],
    [
      'the user who registered the plane that it is for',
      {
        'planeboard.openchoreo.dev/registered-by': 'alice',
        'planeboard.openchoreo.dev/plane': 'dataplanes/acme/prod',
      },
      'created 2026-01-05 12:00:07 UTC by alice for dataplanes/acme/prod',
    ],
    [
      'Planeboard, for a Secret of a plane',
      { 'planeboard.openchoreo.dev/plane': 'dataplanes/acme/prod' },
      'created 2026-01-05 12:00:07 UTC by Planeboard for dataplanes/acme/prod',
    ],
    [
      'the first field manager that wrote more than a status',
      {},
      'created 2026-01-05 12:00:07 UTC by the field manager kubectl-create',
    ],
  ])('%s', (_, annotations, expected) => {
    expect(creationText(object({ annotations, managedFields, creationTimestamp }))).toBe(expected);
  });

  test('a creator without a secret in a name', () => {
    const annotations = { 'planeboard.openchoreo.dev/registered-by': 'password=hunter' };
    expect(creationText(object({ annotations }))).toBe(`created by ${MASK}`);
    expect(creationText(object({ managedFields: [{ manager: 'password=hunter' }] }))).toBe(
      `created by the field manager ${MASK}`,
    );
  });

  test('no creator when it is unknown', () => {
    expect(creationText(object({}))).toBe('created');
    expect(creationText(object({ creationTimestamp: 'soon' }))).toBe('created at an unknown time');
  });
});
