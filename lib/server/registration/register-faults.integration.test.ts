import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ControlPlane } from '@/demo/control-plane/control-plane';
import { CertificateAuthority } from '@/demo/pki/certificate-authority';
import type { Draft } from '@/lib/plane/registration/draft';
import type { ProblemError } from '@/lib/server/http/problem';
import type { Caller } from '@/lib/server/rights/caller';
import { serviceCaller } from '@/lib/server/rights/service-caller';
import type { Runtime } from '@/lib/server/runtime/create-runtime';
import { type BareControlPlane, ownControlPlane } from '@/testing/control-plane/bare-control-plane';
import { type Fault, FaultProxy } from '@/testing/control-plane/fault-proxy';
import { agentDraft } from '@/testing/server/agent-draft';
import { captureLog, startProcessRuntime } from '@/testing/server/test-runtime';
import { registerPlane } from './register-plane';

const DATA_PLANES = '/apis/openchoreo.dev/v1alpha1/namespaces/default/dataplanes';
const SECRETS = '/api/v1/namespaces/default/secrets';

let demo: BareControlPlane<ControlPlane>;
let proxy: FaultProxy;
let runtime: Runtime;
let caPem: string;
let me: Caller;
let names = 0;
let draft: Draft;

beforeAll(async () => {
  captureLog();
  demo = await ownControlPlane();
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

/** Injects a fault into the next `times` POST requests for an object; dry runs pass. */
function atPost(collection: string, fault: () => Fault | Promise<Fault>, times = 1): void {
  let left = times;
  proxy.rule = (path, method) => {
    if (method !== 'POST' || !path.startsWith(`${collection}?`) || path.includes('dryRun')) return undefined;
    left -= 1;
    return left < 0 ? undefined : fault();
  };
}

const rejectedByPolicy: Fault = {
  status: 403,
  body: JSON.stringify({
    kind: 'Status',
    apiVersion: 'v1',
    code: 403,
    reason: 'Forbidden',
    message: 'denied by the policy "freeze"',
  }),
};

async function expectRegistered(): Promise<void> {
  proxy.rule = undefined;
  const answer = await register();
  expect(answer.outcome).toBe('created');
  expect((await livePlane())?.metadata.uid).toBe(answer.plane.uid);
  expect(await liveSecret()).toBeDefined();
}

describe('a plane that is rejected after its Secret was written', () => {
  test('has its Secret removed, and the answer gives the reason and says that nothing is left', async () => {
    atPost(DATA_PLANES, () => rejectedByPolicy);
    const problem = await refusal();
    expect(problem).toMatchObject({
      code: 'forbidden',
      extensions: { registration: { removed: [secret()], left: [], unsure: [] } },
    });
    expect(problem.detail).toBe(
      `The plane wasn't registered. You can't create the data plane ${draft.name} in the namespace default. ` +
        `Denied by the policy "freeze". The Secret default/${draft.name}-agent-ca was created and removed again. ` +
        'Nothing was left behind.',
    );
    expect(await liveSecret()).toBeUndefined();
    await expectRegistered();
  });

  test("has its Secret reported as left when it can't be removed, and the next attempt continues with it", async () => {
    proxy.rule = (path, method) => {
      if (method === 'DELETE') return { status: 403 };
      return method === 'POST' && path.startsWith(`${DATA_PLANES}?`) && !path.includes('dryRun')
        ? rejectedByPolicy
        : undefined;
    };
    const problem = await refusal();
    expect(problem.extensions.registration).toEqual({ removed: [], left: [secret()], unsure: [] });
    expect(problem.detail).toContain(
      'was created and still exists, because deleting it failed. Made by a test.',
    );
    expect(problem.detail).toContain('It continues where it stopped');
    expect(await liveSecret()).toBeDefined();
    await expectRegistered();
  });

  test('has a Secret of an earlier attempt removed as well', async () => {
    const client = demo.controlPlane.client;
    const annotations = { 'planeboard.openchoreo.dev/registration': draft.id };
    await client.post(SECRETS, { metadata: { name: secret().name, annotations }, stringData: { a: 'b' } });
    atPost(DATA_PLANES, () => rejectedByPolicy);
    expect((await refusal()).extensions.registration?.removed).toEqual([secret()]);
    expect(await liveSecret()).toBeUndefined();
  });

  test('has its Secret removed when the name was taken meanwhile, and the answer names who took it', async () => {
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
    expect(problem.detail).toContain('UTC by bob).');
    expect(problem.extensions.registration?.removed).toEqual([secret()]);
    expect(await liveSecret()).toBeUndefined();
  });

  test('keeps its Secret when another plane uses it meanwhile', async () => {
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

describe('a Secret name taken between dry run and write', () => {
  test('keeps the other Secret, and creates no plane', async () => {
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

  test("may be this registration's own when the Secret can't be read", async () => {
    proxy.rule = (path, method) => {
      if (!path.startsWith(SECRETS)) return undefined;
      if (method === 'GET') return { status: 403 };
      return method === 'POST' && !path.includes('dryRun') ? 'send-twice' : undefined;
    };
    const problem = await refusal();
    expect(problem.extensions.registration).toEqual({ removed: [], left: [], unsure: [secret()] });
    expect(problem.detail).toContain("Planeboard can't tell whether this registration created it");
    expect(problem.detail).not.toContain('Nothing was left behind');
  });
});

describe('an answer that is another object', () => {
  const other = (object: object) => ({ status: 201, body: JSON.stringify(object) });
  const metadata = { name: 'another', namespace: 'default', uid: 'u9', resourceVersion: '9' };
  const otherPlane = other({ apiVersion: 'openchoreo.dev/v1alpha1', kind: 'DataPlane', metadata, spec: {} });
  const otherSecret = other({ apiVersion: 'v1', kind: 'Secret', metadata });

  test.each([
    ['a plane', DATA_PLANES, otherPlane],
    ['a Secret', SECRETS, otherSecret],
    ['nothing', DATA_PLANES, { status: 202, body: '"accepted"' }],
    ['a text', SECRETS, { status: 200, headers: { 'content-type': 'text/plain' }, body: 'ok' }],
  ])('%s, is looked up, and one plane is created', async (_, collection, answer) => {
    atPost(collection, () => answer);
    const { objects, plane: created } = await register();
    expect(objects.map(({ outcome }) => outcome)).toEqual(['created', 'created']);
    expect((await livePlane())?.metadata.uid).toBe(created.uid);
    expect(await liveSecret()).toBeDefined();
  });

  test("to both attempts leaves the plane's existence unknown, and its Secret stays", async () => {
    atPost(DATA_PLANES, () => otherPlane, 2);
    const problem = await refusal();
    expect(problem.detail).toContain("Outcome unknown: the registration didn't finish");
    expect(problem.extensions.registration).toEqual({ removed: [], left: [secret()], unsure: [plane()] });
    await expectRegistered();
  });

  test('to the removal of its Secret, is reported as left', async () => {
    proxy.rule = (path, method) => {
      if (method === 'DELETE') return { status: 200, body: 'null' };
      return method === 'POST' && path.startsWith(`${DATA_PLANES}?`) && !path.includes('dryRun')
        ? rejectedByPolicy
        : undefined;
    };
    expect((await refusal()).extensions.registration).toEqual({ removed: [], left: [secret()], unsure: [] });
    expect(await liveSecret()).toBeDefined();
  });

  test('to the dry run, is reported, and nothing is written', async () => {
    proxy.rule = (path, method) =>
      method === 'POST' && path.startsWith(`${DATA_PLANES}?`) && path.includes('dryRun')
        ? otherPlane
        : undefined;
    expect((await refusal()).code).toBe('api-server-error');
    expect(await liveSecret()).toBeUndefined();
  });

  test('names the fields that a webhook changed in the new plane', async () => {
    const client = demo.controlPlane.client;
    atPost(DATA_PLANES, async () => {
      const annotations = { 'planeboard.openchoreo.dev/registration': draft.id };
      const spec = { planeID: 'changed', clusterAgent: { clientCA: { value: caPem } } };
      const changed = { apiVersion: 'openchoreo.dev/v1alpha1', kind: 'DataPlane', spec };
      return other(
        await client.post(DATA_PLANES, { ...changed, metadata: { name: draft.name, annotations } }),
      );
    });
    draft = { ...draft, spec: { ...draft.spec, planeID: 'mine' } };
    const answer = await register();
    expect(answer.plane.uid).toBe((await livePlane())?.metadata.uid);
    expect(answer.objects[1]?.notStored).toContainEqual(['spec', 'planeID']);
  });
});

describe('a lost or failed answer', () => {
  test.each([
    ['about the plane, which was created', DATA_PLANES, 'lose-answer'],
    ['about the Secret, which was created', SECRETS, 'lose-answer'],
    ['about the plane, which was not created', DATA_PLANES, 'cut'],
    ['about the Secret, which was not created', SECRETS, 'cut'],
  ] as const)('%s, is looked up, and one plane is created', async (_, collection, fault) => {
    atPost(collection, () => fault);
    const answer = await register();
    expect(answer.objects.map(({ outcome }) => outcome)).toEqual(['created', 'created']);
    expect((await livePlane())?.metadata.uid).toBe(answer.plane.uid);
  });

  test("of 500 to both attempts proves that the plane doesn't exist, and nothing is left", async () => {
    atPost(DATA_PLANES, () => ({ status: 500 }), 2);
    const problem = await refusal();
    expect(problem).toMatchObject({
      code: 'api-server-error',
      extensions: { registration: { removed: [secret()], left: [], unsure: [] } },
    });
    expect(await liveSecret()).toBeUndefined();
    await expectRegistered();
  });

  test("to both attempts leaves the plane's existence unknown, and its Secret stays", async () => {
    atPost(DATA_PLANES, () => 'cut', 2);
    const problem = await refusal();
    expect(problem).toMatchObject({
      code: 'api-server-unreachable',
      extensions: { registration: { removed: [], left: [secret()], unsure: [plane()] } },
    });
    await expectRegistered();
  });
});

describe('a registration interrupted between Secret and plane', () => {
  test('reports what is left and unsure when the API server dies, and the next attempt continues', async () => {
    atPost(DATA_PLANES, async () => {
      await demo.controlPlane.killApiServer();
      return undefined;
    });
    const problem = await refusal();
    expect(problem).toMatchObject({
      code: 'api-server-unreachable',
      extensions: { registration: { removed: [], left: [secret()], unsure: [plane()] } },
    });
    expect(problem.detail).toContain("may exist anyway, because the API server didn't confirm what happened");
    await demo.controlPlane.startApiServer();
    const answer = await register();
    expect(answer.objects.map(({ outcome }) => outcome)).toEqual(['adopted', 'created']);
  });

  test('reports the Secret that is left when the credential expires, and the next attempt uses it', async () => {
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
    await expectRegistered();
  });
});
