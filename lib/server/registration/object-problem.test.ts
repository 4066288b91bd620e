import { expect, test } from 'vitest';
import { kindOfPlural } from '@/lib/plane/model/kinds';
import { newDraft } from '@/lib/plane/registration/new-draft';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import { hideSecrets } from '@/lib/server/kube/hide-secrets';
import { KubeError } from '@/lib/server/kube/kube-error';
import { rejectedCreate } from './object-problem';
import { planRegistration } from './registration-plan';

test('a rejected creation hides a secret that begins the message', () => {
  const entry = kindOfPlural('dataplanes');
  if (!entry) throw new Error('No data planes exist.');
  const kind: InstalledKind = { entry, schema: { type: 'object' } };
  const draft = {
    ...newDraft(kind, 'a2f6c7de-0000-4000-8000-000000000000'),
    namespace: 'acme',
    name: 'prod',
  };
  const plan = { ...planRegistration(draft, kind, null), hideSecrets: hideSecrets(['hunter2hunter2']) };
  const failure = new KubeError('forbidden', 'dataplanes is forbidden: hunter2hunter2 is too weak');
  const { detail } = rejectedCreate(plan.plane, failure, plan);
  expect(detail).toBe(
    "You can't create the data plane prod in the namespace acme. The API server's message contains a secret, so it isn't shown.",
  );
});
