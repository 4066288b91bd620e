import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { KubeError } from '@/demo/control-plane/kube-client';
import { CertificateAuthority } from '@/demo/pki/certificate-authority';
import type { Draft } from '@/lib/plane/registration/draft';
import type { ProblemError } from '@/lib/server/http/problem';
import type { Caller } from '@/lib/server/rights/caller';
import type { Runtime } from '@/lib/server/runtime/create-runtime';
import { type BareControlPlane, sharedControlPlane } from '@/testing/control-plane/bare-control-plane';
import { grant } from '@/testing/control-plane/kube-objects';
import { tokenKubeconfig } from '@/testing/control-plane/kubeconfig';
import { agentDraft } from '@/testing/server/agent-draft';
import { type Before, callerOf } from '@/testing/server/test-caller';
import { captureLog, startProcessRuntime } from '@/testing/server/test-runtime';
import { registerPlane } from './register-plane';

/**
 * Rejections by the API server itself between Secret and plane: something changes just before the plane's own POST.
 */

const DATA_PLANES = '/apis/openchoreo.dev/v1alpha1/namespaces/default/dataplanes';
const SECRETS = '/api/v1/namespaces/default/secrets';
const ADMISSION = '/apis/admissionregistration.k8s.io/v1';

let demo: BareControlPlane;
let runtime: Runtime;
let caPem: string;

beforeAll(async () => {
  captureLog();
  demo = await sharedControlPlane();
  caPem = (await CertificateAuthority.create('company agents', { days: 400 })).certPem;
  runtime = await startProcessRuntime(demo.controlPlane.kubeconfigPath);
});
afterAll(async () => {
  await runtime?.stop();
  await demo?.stop();
});

const client = () => demo.controlPlane.client;
const secretOf = (draft: Draft) => client().find(`${SECRETS}/${draft.name}-agent-ca`);

/** Calls `change` once, before the first POST of the plane that isn't a dry run. */
function beforePlane(change: () => Promise<void>): Before {
  let done = false;
  return async ({ method, path, query }) => {
    if (done || method !== 'POST' || path !== DATA_PLANES || query?.dryRun) return;
    done = true;
    await change();
  };
}

/** Polls until a change has reached the API server's own caches, which don't report that. */
async function untilTrue(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await pause(50);
}

async function refusalOf(caller: Caller, draft: Draft): Promise<ProblemError> {
  return registerPlane(caller, draft, false).then(
    () => Promise.reject(new Error('It was not refused.')),
    (error: unknown) => error as ProblemError,
  );
}

describe('between Secret and plane', () => {
  test('a new policy is reported with its message, and the Secret is removed', async () => {
    const draft = agentDraft(runtime, { name: 'frozen', caPem });
    const { caller, close } = callerOf('admin', demo.controlPlane.kubeconfigPath, beforePlane(freeze));
    const problem = await refusalOf(caller, draft);
    expect(problem.extensions.registration?.removed).toMatchObject([
      { kind: 'Secret', name: 'frozen-agent-ca' },
    ]);
    expect(problem.detail).toContain('No planes on Fridays.');
    expect(await secretOf(draft)).toBeUndefined();
    await close();
    await client().delete(`${ADMISSION}/validatingadmissionpolicybindings/freeze`);
    await client().delete(`${ADMISSION}/validatingadmissionpolicies/freeze`);
    await untilTrue(async () => !(await isRejected()));
  });

  test('a revoked right to create planes is reported with that right, and the Secret is removed', async () => {
    const draft = agentDraft(runtime, { name: 'unseated', caPem });
    await grant(
      client(),
      'unseated',
      [
        { apiGroups: [''], resources: ['secrets'], verbs: ['create', 'get', 'delete'] },
        { apiGroups: ['openchoreo.dev'], resources: ['dataplanes'], verbs: ['get'] },
      ],
      'default',
    );
    await grant(client(), 'unseated', [
      { apiGroups: ['openchoreo.dev'], resources: ['dataplanes'], verbs: ['create'] },
    ]);
    const { kubeconfigPath } = await demo.controlPlane.addUser({ name: 'unseated' });
    await untilTrue(() => mayCreate('unseated'));
    const revoke = async () => {
      await client().delete('/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/unseated');
      await untilTrue(async () => !(await mayCreate('unseated')));
    };
    const { caller, close } = callerOf('unseated', kubeconfigPath, beforePlane(revoke));
    const problem = await refusalOf(caller, draft);
    expect(problem.code).toBe('forbidden');
    expect(problem.detail).toContain('User "unseated" cannot create resource "dataplanes"');
    expect(problem.extensions.registration).toMatchObject({
      removed: [{ kind: 'Secret' }],
      left: [],
      unsure: [],
    });
    expect(await secretOf(draft)).toBeUndefined();
    await close();
  });

  test('a revoked token leaves the Secret and reports it, and the next sign-in continues with it', async () => {
    const draft = agentDraft(runtime, { name: 'signed-out', caPem });
    const token = await newToken();
    const kubeconfigPath = await tokenKubeconfig(demo.controlPlane, demo.folder, token);
    const revoke = async () => {
      await client().delete('/api/v1/namespaces/default/serviceaccounts/registrar');
      await untilTrue(async () => !(await isValid(token)));
    };
    const { caller, close } = callerOf('registrar', kubeconfigPath, beforePlane(revoke));
    const problem = await refusalOf(caller, draft);
    expect(problem.code).toBe('unauthenticated');
    expect(problem.extensions.registration).toMatchObject({
      removed: [],
      left: [{ kind: 'Secret', namespace: 'default', name: 'signed-out-agent-ca' }],
      unsure: [],
    });
    expect(JSON.stringify(problem)).not.toContain(token);
    await close();

    const again = callerOf(
      'registrar',
      await tokenKubeconfig(demo.controlPlane, demo.folder, await newToken()),
    );
    const answer = await registerPlane(again.caller, draft, false);
    expect(answer.objects.map(({ outcome }) => outcome)).toEqual(['adopted', 'created']);
    await again.close();
  });
});

async function freeze(): Promise<void> {
  await client().post(`${ADMISSION}/validatingadmissionpolicies`, {
    metadata: { name: 'freeze' },
    spec: {
      failurePolicy: 'Fail',
      matchConstraints: {
        resourceRules: [
          {
            apiGroups: ['openchoreo.dev'],
            apiVersions: ['*'],
            operations: ['CREATE'],
            resources: ['dataplanes'],
          },
        ],
      },
      validations: [{ expression: 'false', message: 'No planes on Fridays.' }],
    },
  });
  await client().post(`${ADMISSION}/validatingadmissionpolicybindings`, {
    metadata: { name: 'freeze' },
    spec: { policyName: 'freeze', validationActions: ['Deny'] },
  });
  await untilTrue(isRejected);
}

/** Returns whether a valid plane would be rejected. */
async function isRejected(): Promise<boolean> {
  try {
    await client().post(`${DATA_PLANES}?dryRun=All`, {
      apiVersion: 'openchoreo.dev/v1alpha1',
      kind: 'DataPlane',
      metadata: { name: 'probe' },
      spec: { clusterAgent: { clientCA: { value: caPem } } },
    });
    return false;
  } catch (error) {
    if (error instanceof KubeError) return true;
    throw error;
  }
}

async function mayCreate(user: string): Promise<boolean> {
  const { status } = await client().post<{ status: { allowed: boolean } }>(
    '/apis/authorization.k8s.io/v1/subjectaccessreviews',
    {
      spec: {
        user,
        resourceAttributes: {
          verb: 'create',
          group: 'openchoreo.dev',
          resource: 'dataplanes',
          namespace: 'default',
        },
      },
    },
  );
  return status.allowed;
}

/** Creates the service account `registrar`, which may do everything, and returns a token of it. */
async function newToken(): Promise<string> {
  const accounts = '/api/v1/namespaces/default/serviceaccounts';
  const bindings = '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings';
  await client().post(accounts, { metadata: { name: 'registrar' } });
  if (!(await client().find(`${bindings}/registrar`))) {
    await client().post(bindings, {
      metadata: { name: 'registrar' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
      subjects: [{ kind: 'ServiceAccount', namespace: 'default', name: 'registrar' }],
    });
  }
  const { status } = await client().post<{ status: { token: string } }>(`${accounts}/registrar/token`, {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenRequest',
    spec: { expirationSeconds: 3600 },
  });
  await untilTrue(() => isValid(status.token));
  return status.token;
}

async function isValid(token: string): Promise<boolean> {
  const { status } = await client().post<{ status: { authenticated?: boolean } }>(
    '/apis/authentication.k8s.io/v1/tokenreviews',
    { spec: { token } },
  );
  return status.authenticated === true;
}
