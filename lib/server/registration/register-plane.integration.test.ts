import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CertificateAuthority } from '@/demo/pki/certificate-authority';
import type { Draft } from '@/lib/plane/registration/draft';
import type { ProblemError } from '@/lib/server/http/problem';
import type { Caller } from '@/lib/server/rights/caller';
import { serviceCaller } from '@/lib/server/rights/service-caller';
import type { Runtime } from '@/lib/server/runtime/create-runtime';
import { type BareControlPlane, sharedControlPlane } from '@/testing/control-plane/bare-control-plane';
import { agentDraft } from '@/testing/server/agent-draft';
import { callerOf } from '@/testing/server/test-caller';
import { captureLog, startProcessRuntime } from '@/testing/server/test-runtime';
import { registerPlane } from './register-plane';

const REGISTRATION = 'planeboard.openchoreo.dev/registration';
const DATA_PLANES = '/apis/openchoreo.dev/v1alpha1/namespaces/default/dataplanes';
const CLUSTER_PLANES = '/apis/openchoreo.dev/v1alpha1/clusterdataplanes';
const SECRETS = '/api/v1/namespaces/default/secrets';

let demo: BareControlPlane;
let runtime: Runtime;
let caPem: string;
let me: Caller;

beforeAll(async () => {
  captureLog();
  demo = await sharedControlPlane();
  await demo.controlPlane.client.post('/api/v1/namespaces', {
    metadata: { name: 'openchoreo-control-plane' },
  });
  caPem = (await CertificateAuthority.create('company agents', { days: 400 })).certPem;
  runtime = await startProcessRuntime(demo.controlPlane.kubeconfigPath);
  await runtime.identity.refresh();
  me = await serviceCaller();
});
afterAll(async () => {
  await runtime?.stop();
  await demo?.stop();
});

/** PEM as stored: with a line break at its end, in base64. */
const stored = (pem: string) => Buffer.from(`${pem.trim()}\n`).toString('base64');
const find = (path: string) => demo.controlPlane.client.find(path);
const draftNamed = (name: string, more: Partial<Draft> = {}): Draft => ({
  ...agentDraft(runtime, { name, caPem }),
  ...more,
});
const withCa = (draft: Draft, text: string): Draft => {
  const before = draft.credentials['clusterAgent.clientCA'];
  if (!before) throw new Error('The draft has no CA.');
  return { ...draft, credentials: { ...draft.credentials, 'clusterAgent.clientCA': { ...before, text } } };
};
async function problemOf(attempt: Promise<unknown>): Promise<ProblemError> {
  return attempt.then(
    () => Promise.reject(new Error('It was not refused.')),
    (error: unknown) => error as ProblemError,
  );
}

describe('registering a plane', () => {
  test('writes nothing in a dry run, and returns what would be written', async () => {
    const answer = await registerPlane(me, draftNamed('tried'), true);
    expect(answer).toMatchObject({
      outcome: 'checked',
      plane: { plural: 'dataplanes', namespace: 'default', name: 'tried' },
      objects: [
        { kind: 'Secret', namespace: 'default', name: 'tried-agent-ca', outcome: 'would-create' },
        { kind: 'DataPlane', namespace: 'default', name: 'tried', outcome: 'would-create' },
      ],
    });
    expect(await find(`${SECRETS}/tried-agent-ca`)).toBeUndefined();
    expect(await find(`${DATA_PLANES}/tried`)).toBeUndefined();
  });

  test('writes the Secret, then the plane, annotated with the registration and its user', async () => {
    const draft = draftNamed('prod', { displayName: 'Production' });
    const answer = await registerPlane(me, draft, false);
    const plane = await find(`${DATA_PLANES}/prod`);
    const secret = await find(`${SECRETS}/prod-agent-ca`);
    expect(answer).toMatchObject({ outcome: 'created', plane: { uid: plane?.metadata.uid } });
    expect(answer.objects.map(({ outcome }) => outcome)).toEqual(['created', 'created']);
    expect(plane).toMatchObject({
      metadata: {
        annotations: {
          [REGISTRATION]: draft.id,
          'planeboard.openchoreo.dev/registered-by': 'planeboard-demo-admin',
          'openchoreo.dev/display-name': 'Production',
        },
        managedFields: [{ manager: 'planeboard', operation: 'Update' }],
      },
      spec: {
        planeID: 'prod',
        clusterAgent: { clientCA: { secretKeyRef: { name: 'prod-agent-ca', key: 'ca.crt' } } },
      },
    });
    expect(secret).toMatchObject({
      metadata: {
        labels: { 'app.kubernetes.io/managed-by': 'planeboard' },
        annotations: {
          [REGISTRATION]: draft.id,
          'planeboard.openchoreo.dev/plane': 'dataplanes/default/prod',
        },
        managedFields: [{ manager: 'planeboard' }],
      },
      data: { 'ca.crt': stored(caPem) },
    });
  });

  test("creates the Secret of a cluster-wide plane in the control plane's namespace", async () => {
    const draft = agentDraft(runtime, { plural: 'clusterdataplanes', name: 'shared', caPem });
    expect(await registerPlane(me, draft, false)).toMatchObject({
      outcome: 'created',
      objects: [{ kind: 'Secret', namespace: 'openchoreo-control-plane' }, { kind: 'ClusterDataPlane' }],
    });
    expect(await find(`${CLUSTER_PLANES}/shared`)).toBeDefined();
  });

  test('writes nothing, and creates no second plane, when it is sent again', async () => {
    const draft = draftNamed('twice');
    const first = await registerPlane(me, draft, false);
    const before = await find(`${DATA_PLANES}/twice`);
    const second = await registerPlane(me, draft, false);
    expect(second).toMatchObject({ outcome: 'adopted', plane: first.plane });
    expect(second.objects.map(({ outcome }) => outcome)).toEqual(['adopted', 'adopted']);
    expect((await find(`${DATA_PLANES}/twice`))?.metadata.resourceVersion).toBe(
      before?.metadata.resourceVersion,
    );
  });

  test('creates one plane when it is sent several times in parallel', async () => {
    const draft = draftNamed('clicked');
    const answers = await Promise.all([1, 2, 3].map(() => registerPlane(me, draft, false)));
    expect(answers.map(({ outcome }) => outcome).sort()).toEqual(['adopted', 'adopted', 'created']);
    expect(new Set(answers.map(({ plane }) => plane.uid)).size).toBe(1);
  });

  test('reports a conflict that names the existing plane when it is sent again with other values', async () => {
    const draft = draftNamed('changed');
    await registerPlane(me, draft, false);
    const problem = await problemOf(registerPlane(me, { ...draft, displayName: 'Another' }, false));
    expect(problem).toMatchObject({ code: 'conflict' });
    expect(problem.detail).toContain('the data plane changed in the namespace default');
    expect(problem.extensions.registration).toBeUndefined();
  });

  test('reports a conflict when it is sent again with another certificate after the plane was created', async () => {
    const draft = draftNamed('other-ca');
    await registerPlane(me, draft, false);
    const other = (await CertificateAuthority.create('others', { days: 400 })).certPem;
    const problem = await problemOf(registerPlane(me, withCa(draft, other), false));
    expect(problem).toMatchObject({ code: 'conflict' });
    expect(await find(`${SECRETS}/other-ca-agent-ca`)).toMatchObject({
      data: { 'ca.crt': stored(caPem) },
    });
  });

  test('overwrites a Secret that its earlier attempt left with the current values', async () => {
    const draft = draftNamed('resumed');
    await demo.controlPlane.client.post(SECRETS, {
      metadata: { name: 'resumed-agent-ca', annotations: { [REGISTRATION]: draft.id } },
      stringData: { 'ca.crt': 'an earlier one', 'old.crt': 'of another key' },
    });
    const answer = await registerPlane(me, draft, false);
    expect(answer.objects.map(({ outcome }) => outcome)).toEqual(['adopted', 'created']);
    expect((await find(`${SECRETS}/resumed-agent-ca`))?.data).toEqual({
      'ca.crt': stored(caPem),
    });
  });

  test('writes only the plane for an existing Secret, and warns when that is missing', async () => {
    const credential = { source: 'existing-secret', text: '', name: 'made-later' } as const;
    const draft = agentDraft(runtime, { name: 'refers', caPem: '', credential });
    const answer = await registerPlane(me, draft, false);
    expect(answer.objects).toEqual([
      { kind: 'DataPlane', namespace: 'default', name: 'refers', outcome: 'created', notStored: [] },
    ]);
    expect(answer.warnings).toContainEqual({
      path: ['credentials', 'clusterAgent.clientCA', 'name'],
      message: expect.stringContaining(
        "The Secret made-later in the namespace default doesn't exist yet",
      ) as string,
    });
  });
});

describe('registering a plane under a taken name', () => {
  test('offers the existing Secret instead of replacing it', async () => {
    await demo.controlPlane.client.post(SECRETS, {
      metadata: { name: 'taken-agent-ca' },
      stringData: { 'ca.crt': 'of somebody else' },
    });
    const problem = await problemOf(registerPlane(me, draftNamed('taken'), false));
    expect(problem.code).toBe('already-exists');
    expect(problem.detail).toMatch(
      /The Secret taken-agent-ca .* already exists \(created \d{4}-.* UTC by .*\)\. It wasn't changed\./,
    );
    expect(problem.extensions.errors?.map(({ path }) => path)).toEqual([
      ['credentials', 'clusterAgent.clientCA', 'name'],
    ]);
    expect((await find(`${SECRETS}/taken-agent-ca`))?.data).toEqual({
      'ca.crt': Buffer.from('of somebody else').toString('base64'),
    });
    expect(await find(`${DATA_PLANES}/taken`)).toBeUndefined();
  });

  test('names the person who took it and when, and leaves nothing behind', async () => {
    const { kubeconfigPath } = await demo.controlPlane.addUser({ name: 'alice', groups: ['system:masters'] });
    const alice = callerOf('alice', kubeconfigPath);
    await registerPlane(alice.caller, draftNamed('contested'), false);
    await alice.close();
    const mine = agentDraft(runtime, { name: 'contested', caPem, credential: { name: 'my-own-ca' } });
    const problem = await problemOf(registerPlane(me, mine, false));
    expect(problem.code).toBe('already-exists');
    expect(problem.extensions.errors).toMatchObject([{ path: ['name'] }]);
    expect(problem.detail).toMatch(
      /The data plane contested in the namespace default already exists \(created \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC by alice\)\./,
    );
    expect(await find(`${SECRETS}/my-own-ca`)).toBeUndefined();
  });

  test('lets one of two simultaneous registrations succeed', async () => {
    const drafts = ['first', 'second'].map((ca) =>
      agentDraft(runtime, { name: 'raced', caPem, credential: { name: `raced-${ca}` } }),
    );
    const outcomes = await Promise.allSettled(drafts.map((draft) => registerPlane(me, draft, false)));
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const lost = outcomes.find((outcome) => outcome.status === 'rejected');
    expect(lost?.reason).toMatchObject({ code: 'already-exists' });
    const secrets = await Promise.all(['first', 'second'].map((ca) => find(`${SECRETS}/raced-${ca}`)));
    expect(secrets.filter(Boolean)).toHaveLength(1);
  });
});

describe('a registration is rejected', () => {
  test('with all errors of a draft, before any request to the API server', async () => {
    const draft = draftNamed('Wrong_Name', { spec: { planeID: 'UPPER' } });
    const problem = await problemOf(registerPlane(me, withCa(draft, 'no PEM'), false));
    expect(problem.code).toBe('invalid-field');
    const paths = problem.extensions.errors?.map(({ path }) => path.join('.'));
    expect(paths).toEqual(
      expect.arrayContaining(['name', 'spec.planeID', 'credentials.clusterAgent.clientCA.text']),
    );
  });

  test("for a namespace that doesn't exist", async () => {
    const problem = await problemOf(registerPlane(me, draftNamed('lost', { namespace: 'nowhere' }), false));
    expect(problem).toMatchObject({ code: 'invalid-field', detail: "The namespace nowhere doesn't exist." });
    expect(problem.extensions.errors?.map(({ path }) => path)).toContainEqual(['namespace']);
  });

  test("for a kind that isn't installed", async () => {
    const draft = draftNamed('old', { plural: 'buildplanes' });
    expect(await problemOf(registerPlane(me, draft, false))).toMatchObject({ code: 'not-installed' });
  });
});
