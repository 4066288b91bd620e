import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { CertificateAuthority } from '@/demo/pki/certificate-authority';
import type { Draft } from '@/lib/plane/registration/draft';
import type { ProblemError } from '@/lib/server/http/problem';
import type { Caller } from '@/lib/server/rights/caller';
import { serviceCaller } from '@/lib/server/rights/resolve-caller';
import type { Runtime } from '@/lib/server/runtime/create-runtime';
import { type BareControlPlane, startBareControlPlane } from '@/testing/control-plane/bare-control-plane';
import { type Fault, FaultProxy } from '@/testing/control-plane/fault-proxy';
import { agentDraft } from '@/testing/server/agent-draft';
import { captureLog, startProcessRuntime } from '@/testing/server/test-runtime';
import { registerPlane } from './register-plane';

const DATA_PLANES = '/apis/openchoreo.dev/v1alpha1/namespaces/default/dataplanes';
const SECRETS = '/api/v1/namespaces/default/secrets';

let demo: BareControlPlane;
let proxy: FaultProxy;
let runtime: Runtime;
let caPem: string;
let me: Caller;
let names = 0;
let draft: Draft;

beforeAll(async () => {
  captureLog();
  demo = await startBareControlPlane();
  caPem = (await CertificateAuthority.create('company agents', { days: 400 })).certPem;
  proxy = await FaultProxy.start(demo.controlPlane, demo.folder);
  runtime = await startProcessRuntime(proxy.kubeconfigPath);
  me = await serviceCaller();
});
afterAll(async () => {
  await runtime?.stop();
  await proxy?.stop();
  await demo?.stop();
});
beforeEach(() => {
  names += 1;
  draft = agentDraft(runtime, { name: `plane-${names}`, caPem });
});
afterEach(() => {
  proxy.rule = undefined;
});

const secret = () => ({ kind: 'Secret', namespace: 'default', name: `${draft.name}-agent-ca` });
const plane = () => ({ kind: 'DataPlane', namespace: 'default', name: draft.name });
const liveSecret = () => demo.controlPlane.client.find(`${SECRETS}/${secret().name}`);
const livePlane = () => demo.controlPlane.client.find(`${DATA_PLANES}/${draft.name}`);
const register = () => registerPlane(me, draft, false);
const refusal = () =>
  register().then(
    () => Promise.reject(new Error('It was not refused.')),
    (error: unknown) => error as ProblemError,
  );

/** A fault at the real POST of an object, as often as said; dry runs pass. */
function atPost(collection: string, fault: () => Fault | Promise<Fault>, times = 1): void {
  let left = times;
  proxy.rule = (path, method) => {
    if (method !== 'POST' || !path.startsWith(`${collection}?`) || path.includes('dryRun')) return undefined;
    left -= 1;
    return left < 0 ? undefined : fault();
  };
}

const refusedByPolicy: Fault = {
  status: 403,
  body: JSON.stringify({
    kind: 'Status',
    code: 403,
    reason: 'Forbidden',
    message: 'denied by the policy "freeze"',
  }),
};

async function expectRegisteredAtLast(): Promise<void> {
  proxy.rule = undefined;
  const answer = await register();
  expect(answer.outcome).toBe('created');
  expect((await livePlane())?.metadata.uid).toBe(answer.plane.uid);
  expect(await liveSecret()).toBeDefined();
}

describe('the plane is refused after its Secret was written', () => {
  test('the Secret is removed again, and it is said why and that nothing is left', async () => {
    atPost(DATA_PLANES, () => refusedByPolicy);
    const problem = await refusal();
    expect(problem).toMatchObject({
      code: 'forbidden',
      extensions: { registration: { removed: [secret()], left: [], unsure: [] } },
    });
    expect(problem.detail).toBe(
      `The plane was not registered. The data plane ${draft.name} in the namespace default may not be created. ` +
        `Denied by the policy "freeze". The Secret default/${draft.name}-agent-ca, written just before, was removed again. ` +
        'Nothing is left over.',
    );
    expect(await liveSecret()).toBeUndefined();
    await expectRegisteredAtLast();
  });

  test('a Secret that may not be removed is left, and told; the next attempt goes on with it', async () => {
    proxy.rule = (path, method) => {
      if (method === 'DELETE') return { status: 403 };
      return method === 'POST' && path.startsWith(`${DATA_PLANES}?`) && !path.includes('dryRun')
        ? refusedByPolicy
        : undefined;
    };
    const problem = await refusal();
    expect(problem.extensions.registration).toEqual({ removed: [], left: [secret()], unsure: [] });
    expect(problem.detail).toContain('is still there, as it could not be removed (made by a test)');
    expect(problem.detail).toContain('it continues where it stopped');
    expect(await liveSecret()).toBeDefined();
    await expectRegisteredAtLast();
  });

  test('a Secret of an earlier attempt is removed as well', async () => {
    const client = demo.controlPlane.client;
    const annotations = { 'planeboard.openchoreo.dev/registration': draft.id };
    await client.post(SECRETS, { metadata: { name: secret().name, annotations }, stringData: { a: 'b' } });
    atPost(DATA_PLANES, () => refusedByPolicy);
    expect((await refusal()).extensions.registration?.removed).toEqual([secret()]);
    expect(await liveSecret()).toBeUndefined();
  });

  test('by somebody who took the name since: they are named, and the Secret is removed', async () => {
    atPost(DATA_PLANES, async () => {
      await demo.controlPlane.client.post(DATA_PLANES, {
        apiVersion: 'openchoreo.dev/v1alpha1',
        kind: 'DataPlane',
        metadata: {
          name: draft.name,
          annotations: { 'planeboard.openchoreo.dev/registered-by': 'bob' },
        },
        spec: { clusterAgent: { clientCA: { value: caPem } } },
      });
      return undefined;
    });
    const problem = await refusal();
    expect(problem).toMatchObject({ code: 'already-exists', extensions: { errors: [{ path: ['name'] }] } });
    expect(problem.detail).toContain('UTC by bob.');
    expect(problem.extensions.registration?.removed).toEqual([secret()]);
    expect(await liveSecret()).toBeUndefined();
  });

  test('a Secret that the plane of somebody else uses meanwhile stays', async () => {
    atPost(DATA_PLANES, async () => {
      await demo.controlPlane.client.post(DATA_PLANES, {
        apiVersion: 'openchoreo.dev/v1alpha1',
        kind: 'DataPlane',
        metadata: { name: draft.name },
        spec: { clusterAgent: { clientCA: { secretKeyRef: { name: secret().name, key: 'ca.crt' } } } },
      });
      return undefined;
    });
    expect((await refusal()).extensions.registration).toEqual({ removed: [], left: [secret()], unsure: [] });
    expect(await liveSecret()).toBeDefined();
  });
});

describe('the Secret is taken between the dry run and the writing', () => {
  test('it is left alone, and there is no plane', async () => {
    atPost(SECRETS, async () => {
      await demo.controlPlane.client.post(SECRETS, { metadata: { name: secret().name } });
      return undefined;
    });
    const problem = await refusal();
    expect(problem).toMatchObject({
      code: 'already-exists',
      extensions: { registration: { removed: [], left: [], unsure: [] } },
    });
    expect(await liveSecret()).toBeDefined();
    expect(await livePlane()).toBeUndefined();
  });
});

describe('an answer that is lost', () => {
  test.each([
    ['of the plane, which was made', DATA_PLANES, 'lose-answer'],
    ['of the Secret, which was made', SECRETS, 'lose-answer'],
    ['of the plane, which was not made', DATA_PLANES, 'cut'],
    ['of the Secret, which was not made', SECRETS, 'cut'],
  ] as const)('%s: it is looked up, and one plane is made', async (_, collection, fault) => {
    atPost(collection, () => fault);
    const answer = await register();
    expect(answer.objects.map(({ outcome }) => outcome)).toEqual(['created', 'created']);
    expect((await livePlane())?.metadata.uid).toBe(answer.plane.uid);
  });

  test('an API server that fails twice: then it is certain that there is no plane, and nothing is left', async () => {
    atPost(DATA_PLANES, () => ({ status: 500 }), 2);
    const problem = await refusal();
    expect(problem).toMatchObject({
      code: 'api-server-error',
      extensions: { registration: { removed: [secret()], left: [], unsure: [] } },
    });
    expect(await liveSecret()).toBeUndefined();
    await expectRegisteredAtLast();
  });

  test('and cut each time: whether the plane is there is not claimed, and its Secret stays', async () => {
    atPost(DATA_PLANES, () => 'cut', 2);
    const problem = await refusal();
    expect(problem).toMatchObject({
      code: 'api-server-unreachable',
      extensions: { registration: { removed: [], left: [secret()], unsure: [plane()] } },
    });
    await expectRegisteredAtLast();
  });
});

describe('between Secret and plane', () => {
  test('the API server dies: what is left and unsure is told, and sending it again goes on', async () => {
    atPost(DATA_PLANES, async () => {
      await demo.controlPlane.killApiServer();
      return undefined;
    });
    const problem = await refusal();
    expect(problem).toMatchObject({
      code: 'api-server-unreachable',
      extensions: { registration: { removed: [], left: [secret()], unsure: [plane()] } },
    });
    expect(problem.detail).toContain("is not known, as the API server's answer was lost");
    await demo.controlPlane.startApiServer();
    const answer = await register();
    expect(answer.objects.map(({ outcome }) => outcome)).toEqual(['adopted', 'created']);
  });

  test('the credential expires: the Secret is left, told, and used by the next attempt', async () => {
    let expired = false;
    proxy.rule = (path, method) => {
      expired ||= method === 'POST' && path.startsWith(`${DATA_PLANES}?`) && !path.includes('dryRun');
      return expired ? { status: 401 } : undefined;
    };
    const problem = await refusal();
    expect(problem).toMatchObject({
      code: 'unauthenticated',
      extensions: { registration: { removed: [], left: [secret()], unsure: [] } },
    });
    await expectRegisteredAtLast();
  });
});
