import { expect, test } from 'vitest';
import { hideSecrets } from '@/lib/server/kube/hide-secrets';
import { KubeError } from '@/lib/server/kube/kube-error';
import { rejectedSecretWrite } from './write-secret';

test('a rejected write hides a secret that begins the message', () => {
  const failure = new KubeError('forbidden', 'hunter2hunter2 is too weak');
  const edit = {
    secret: { namespace: 'acme', name: 'observer' },
    live: null,
    texts: {},
    replacement: 'a1b2',
    continues: null,
  };
  const { detail } = rejectedSecretWrite(failure, edit, hideSecrets(['hunter2hunter2']), false);
  expect(detail).toBe(
    "The Secret observer in the namespace acme can't be created. The API server's message contains a secret, so it isn't shown.",
  );
});
