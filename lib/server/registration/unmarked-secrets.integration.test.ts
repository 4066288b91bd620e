import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { CertificateAuthority } from '@/demo/pki/certificate-authority';
import type { Draft } from '@/lib/plane/registration/draft';
import type { ProblemError } from '@/lib/server/http/problem';
import type { Caller } from '@/lib/server/rights/caller';
import { serviceCaller } from '@/lib/server/rights/service-caller';
import type { Fault } from '@/testing/control-plane/fault-proxy';
import { createMutatingPolicy } from '@/testing/control-plane/mutating-policy';
import { agentDraft } from '@/testing/server/agent-draft';
import { PlaneWrites } from '@/testing/server/plane-writes';
import { registerPlane } from './register-plane';

/**
 * An administrator's policy removes the annotations of new Secrets, and so the mark that tells which registration
 * created one.
 */

const DATA_PLANES = '/apis/openchoreo.dev/v1alpha1/namespaces/default/dataplanes';
const SECRETS = '/api/v1/namespaces/default/secrets';
const REJECTED: Fault = { status: 403 };

let api: PlaneWrites;
let deletePolicy: (() => Promise<void>) | undefined;
let me: Caller;
let caPem: string;
let names = 0;
let draft: Draft;

beforeAll(async () => {
  api = await PlaneWrites.start('1.2');
  me = await serviceCaller();
  caPem = (await CertificateAuthority.create('company agents', { days: 400 })).certPem;
  const probe = { metadata: { name: 'unmarked-probe', annotations: { a: 'b' } } };
  deletePolicy = await createMutatingPolicy(
    api.kube,
    'unmarked-secrets',
    {
      apiGroup: '',
      apiVersion: 'v1',
      resource: 'secrets',
      when: "object.metadata.name.startsWith('unmarked-') && has(object.metadata.annotations)",
      patches: '[JSONPatch{op: "remove", path: "/metadata/annotations"}]',
    },
    async () => {
      const { metadata } = await api.kube.post(`${SECRETS}?dryRun=All`, probe);
      return metadata.annotations === undefined;
    },
  );
});
afterAll(async () => {
  await deletePolicy?.();
  await api?.stop();
});
beforeEach(() => {
  names += 1;
  draft = agentDraft(api.runtime, { name: `unmarked-${names}`, caPem });
});
afterEach(() => {
  api.proxy.rule = undefined;
});

const secret = () => ({ kind: 'Secret', namespace: 'default', name: `${draft.name}-agent-ca` });
const plane = () => ({ kind: 'DataPlane', namespace: 'default', name: draft.name });
const liveSecret = () => api.kube.find(`${SECRETS}/${secret().name}`);
const register = () => registerPlane(me, draft, false);
const refusal = () =>
  register().then(
    () => Promise.reject(new Error('It was not refused.')),
    (error: unknown) => error as ProblemError,
  );

/** Injects faults into requests that create an object; dry runs pass. */
function atPost(faults: Readonly<Record<string, Fault>>): void {
  api.proxy.rule = (path, method) =>
    method === 'POST' && !path.includes('dryRun') ? faults[path.split('?')[0] ?? ''] : undefined;
}

describe('a Secret whose annotations a policy removes', () => {
  test('is removed when its plane is rejected', async () => {
    atPost({ [DATA_PLANES]: REJECTED });
    const problem = await refusal();
    expect(problem.extensions.registration).toEqual({ removed: [secret()], left: [], unsure: [] });
    expect(problem.detail).toContain(
      `${secret().name} was created and removed again. Nothing was left behind.`,
    );
    expect(await liveSecret()).toBeUndefined();
  });

  test('serves its plane', async () => {
    const { objects } = await register();
    expect(objects.map(({ outcome }) => outcome)).toEqual(['created', 'created']);
    expect(await liveSecret()).toBeDefined();
  });

  test('is adopted when the registration is sent again', async () => {
    await register();
    const { objects } = await register();
    expect(objects.map(({ outcome }) => outcome)).toEqual(['adopted', 'adopted']);
  });

  test.each([
    ['the answer to its creation is lost', 'lose-answer'],
    ['a proxy sends its creation twice', 'send-twice'],
  ] as const)('may be the own one when %s', async (_, fault) => {
    atPost({ [SECRETS]: fault });
    const problem = await refusal();
    expect(problem).toMatchObject({
      code: 'already-exists',
      extensions: { registration: { removed: [], left: [], unsure: [secret()] } },
    });
    expect(problem.detail).toContain('Outcome unknown');
    expect(problem.detail).toContain("Planeboard can't tell whether this registration created it");
    expect(problem.detail).not.toMatch(/Nothing was left behind|continues/);
    expect(await liveSecret()).toBeDefined();
  });

  test("doesn't promise that a retry continues with it when it is left", async () => {
    atPost({ [DATA_PLANES]: 'cut' });
    const problem = await refusal();
    expect(problem.extensions.registration).toEqual({ removed: [], left: [secret()], unsure: [plane()] });
    expect(problem.detail).toContain("so a retry can't recognize them");
    expect(problem.detail).not.toContain('continues');
  });
});
