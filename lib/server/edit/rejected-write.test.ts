import { expect, test } from 'vitest';
import { kindOfPlural } from '@/lib/plane/model/kinds';
import { hideSecrets } from '@/lib/server/kube/hide-secrets';
import { KubeError } from '@/lib/server/kube/kube-error';
import { parseLivePlane } from './live-plane';
import { rejectedWrite } from './rejected-write';

test('a rejected write hides a secret that begins the message', () => {
  const entry = kindOfPlural('dataplanes');
  if (!entry) throw new Error('No data planes exist.');
  const live = parseLivePlane(
    { plural: 'dataplanes', namespace: 'acme', name: 'prod' },
    { entry, schema: { type: 'object' } },
    {
      apiVersion: 'openchoreo.dev/v1alpha1',
      kind: 'DataPlane',
      metadata: { namespace: 'acme', name: 'prod', uid: 'u', resourceVersion: '1' },
    },
  );
  const failure = new KubeError('forbidden', 'hunter2hunter2 is too weak');
  const problem = rejectedWrite(failure, live, live.raw, hideSecrets(['hunter2hunter2']), false);
  expect(problem.detail).toBe("The API server's message contains a secret, so it isn't shown.");
});
