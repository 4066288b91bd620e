import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GET as catalog } from '@/app/api/catalog/route';
import { GET as leftovers } from '@/app/api/leftovers/route';
import { GET as plane } from '@/app/api/planes/[...segments]/route';
import { GET as planes } from '@/app/api/planes/route';
import { GET as stream } from '@/app/api/planes/stream/route';
import { GET as kinds } from '@/app/api/registrations/kinds/route';
import { GET as namespaces } from '@/app/api/registrations/namespaces/route';
import { GET as secrets } from '@/app/api/registrations/secrets/route';
import { GET as metrics } from '@/app/metrics/route';
import { GET as readyz } from '@/app/readyz/route';
import { CertificateAuthority } from '@/demo/pki/certificate-authority';
import { type FleetSnapshot, fleetChangesSchema, fleetSnapshotSchema } from '@/lib/api/fleet';
import { registrationKindsSchema, registrationNamespacesSchema } from '@/lib/api/registration';
import { relatedResourcesAnswerSchema } from '@/lib/api/related';
import { wallFrameSchema } from '@/lib/api/wall';
import { noPlanesReason } from '@/lib/plane/fleet/source-state';
import { processSlot } from '@/lib/server/process/process-slot';
import { registerPlane } from '@/lib/server/registration/register-plane';
import { serviceCaller } from '@/lib/server/rights/service-caller';
import type { Runtime } from '@/lib/server/runtime/create-runtime';
import { NO_LIMITS, wallViewOf } from '@/lib/server/wall/wall-view';
import { type BareControlPlane, sharedControlPlane } from '@/testing/control-plane/bare-control-plane';
import { tokenKubeconfig } from '@/testing/control-plane/kubeconfig';
import { connectedStatus } from '@/testing/control-plane/plane-statuses';
import { TestPlanes } from '@/testing/control-plane/test-planes';
import { createPerson, type Grant } from '@/testing/rights/test-people';
import { agentDraft } from '@/testing/server/agent-draft';
import { SseReader } from '@/testing/server/sse-reader';
import {
  captureLog,
  planeNamed,
  sourceStates,
  startRuntime,
  stopProcessRuntime,
  until,
} from '@/testing/server/test-runtime';

/** The rights of Planeboard's account: in two namespaces, and nothing of the cluster. */
const READ: Grant['rules'] = [
  { apiGroups: ['openchoreo.dev'], resources: ['*'], verbs: ['get', 'list', 'watch'] },
];
const REGISTER: Grant['rules'] = [
  { apiGroups: ['openchoreo.dev'], resources: ['*'], verbs: ['create', 'patch'] },
  { apiGroups: [''], resources: ['secrets'], verbs: ['get', 'list', 'create'] },
];
const GRANTS: readonly Grant[] = [
  { namespace: 'acme', rules: [...READ, ...REGISTER] },
  { namespace: 'beta', rules: READ },
];
const ACCOUNT = 'namespaced-planeboard';
const HIDDEN = /gamma|hidden/;

let bare: BareControlPlane;
let runtime: Runtime;
let testPlanes: TestPlanes;
let kubeconfigPath: string;

beforeAll(async () => {
  captureLog();
  bare = await sharedControlPlane();
  testPlanes = await TestPlanes.create(bare.controlPlane);
  const status = connectedStatus();
  await testPlanes.add(
    { kind: 'DataPlane', namespace: 'acme', name: 'prod', planeID: 'one', status },
    { kind: 'ObservabilityPlane', namespace: 'acme', name: 'obs', status },
    { kind: 'DataPlane', namespace: 'beta', name: 'ci', status },
    { kind: 'DataPlane', namespace: 'gamma', name: 'hidden', planeID: 'one', status },
    { kind: 'ClusterDataPlane', name: 'hidden-of-cluster', planeID: 'one', status },
  );
  const { token } = await createPerson(bare.controlPlane, ACCOUNT, GRANTS);
  kubeconfigPath = await tokenKubeconfig(bare.controlPlane, bare.folder, token);
  runtime = startRuntime(kubeconfigPath, {}, 'open', ['acme', 'beta']);
  processSlot('runtime', () => runtime);
  await until(runtime, () => runtime.catalog.state.kinds?.every(({ schema }) => schema) === true);
  await until(runtime, () => [...runtime.engine.planes()].length === 3);
  await until(runtime, () => sourceStates(runtime) === 'forbidden,live');
});
afterAll(async () => {
  await stopProcessRuntime(runtime);
  await bare?.stop();
});

const ask = (path: string) => new Request(`http://127.0.0.1${path}`);
const askPlane = (...segments: string[]) =>
  plane(ask(`/api/planes/${segments.join('/')}`), { params: Promise.resolve({ segments }) });
const namesIn = ({ planes: shown }: Pick<FleetSnapshot, 'planes'>) =>
  shown.map(({ name }) => name).toSorted();

async function snapshot(): Promise<FleetSnapshot> {
  const text = await (await planes(ask('/api/planes'))).text();
  expect(text).not.toMatch(HIDDEN);
  return fleetSnapshotSchema.parse(JSON.parse(text));
}

describe('without rights to the cluster, Planeboard', () => {
  test('shows the planes of the namespaces that it watches', async () => {
    const shown = await snapshot();
    expect(namesIn(shown)).toEqual(['ci', 'obs', 'prod']);
    expect(shown.planes.map(({ health }) => health.state)).toEqual(['healthy', 'healthy', 'healthy']);
    expect(shown.planes.map(({ facts }) => facts.siblings)).toEqual([0, 0, 0]);
  });

  test('says what it cannot see, without an error of the API server', async () => {
    const { apiServer, sources } = await snapshot();
    expect(apiServer).toMatchObject({ state: 'reachable' });
    expect(apiServer).not.toHaveProperty('problem');
    expect(sources.find(({ plural }) => plural === 'dataplanes')).toMatchObject({
      state: 'live',
      partial: true,
      namespaces: [
        { namespace: 'acme', state: 'live' },
        { namespace: 'beta', state: 'live' },
      ],
    });
    expect(sources.find(({ plural }) => plural === 'clusterdataplanes')).toMatchObject({
      state: 'forbidden',
      problem: expect.stringContaining('clusterdataplanes'),
    });
    expect(noPlanesReason(apiServer, sources)).toBe('none-visible');
  });

  test('streams what appears in its namespaces, and nothing of others', async () => {
    const reader = new SseReader(
      (await stream(ask('/api/planes/stream'))).body as ReadableStream<Uint8Array>,
    );
    const first = await reader.nextOf('snapshot');
    await testPlanes.add(
      { kind: 'DataPlane', namespace: 'gamma', name: 'hidden-too' },
      { kind: 'DataPlane', namespace: 'beta', name: 'new' },
    );
    const frames = [first.data];
    for (let seen = false; !seen; ) {
      const { data } = await reader.nextOf('changes');
      frames.push(data);
      seen = fleetChangesSchema.parse(JSON.parse(data)).upserts.some(({ name }) => name === 'new');
    }
    expect(frames.join()).not.toMatch(HIDDEN);
    await reader.cancel();
    await testPlanes.remove({ kind: 'DataPlane', namespace: 'beta', name: 'new' });
    await until(runtime, () => planeNamed(runtime, 'new') === undefined);
  });

  test("has the data of a plane's page", async () => {
    const detail = await askPlane('dataplanes', 'acme', 'prod');
    expect(detail.status).toBe(200);
    expect((await askPlane('dataplanes', 'acme', 'prod', 'history')).status).toBe(200);
    const { related } = relatedResourcesAnswerSchema.parse(
      await (await askPlane('dataplanes', 'acme', 'prod', 'related')).json(),
    );
    expect(related.controlPlane.state).toBe('not-visible');
    const events = await askPlane('dataplanes', 'acme', 'prod', 'events');
    const reader = new SseReader(events.body as ReadableStream<Uint8Array>);
    expect((await reader.nextOf('events')).data).toContain('"not-visible"');
    await reader.cancel();
    const ofObservability = relatedResourcesAnswerSchema.parse(
      await (await askPlane('observabilityplanes', 'acme', 'obs', 'related')).json(),
    );
    expect(ofObservability.related.referrersNotVisible).toContain('DataPlane');
  });

  test.each([
    [['dataplanes', 'gamma', 'hidden']],
    [['dataplanes', 'gamma', 'missing']],
    [['clusterdataplanes', 'hidden-of-cluster']],
    [['clusterdataplanes', 'missing']],
  ])('refuses %j whether it exists or not', async (segments) => {
    for (const part of [[], ['related'], ['history'], ['events']]) {
      const answer = await askPlane(...segments, ...part);
      expect(answer.status).toBe(403);
    }
  });

  test('offers its namespaces to the wizard, with the rights in each', async () => {
    const answer = registrationNamespacesSchema.parse(
      await (await namespaces(ask('/api/registrations/namespaces?plural=dataplanes'))).json(),
    );
    expect(answer).toMatchObject({
      state: 'configured',
      namespaces: [
        { name: 'acme', createPlane: { state: 'allowed' }, createSecret: { state: 'allowed' } },
        { name: 'beta', createPlane: { state: 'denied' }, createSecret: { state: 'denied' } },
      ],
    });
    const all = registrationKindsSchema.parse(
      await (await kinds(ask('/api/registrations/kinds'))).json(),
    ).kinds;
    const rightTo = (plural: string) => all.find((kind) => kind.plural === plural)?.create.state;
    expect(['dataplanes', 'clusterdataplanes'].map(rightTo)).toEqual(['allowed', 'denied']);
    const inNamespace = async (name: string) =>
      (await (await secrets(ask(`/api/registrations/secrets?namespace=${name}`))).json()) as object;
    expect(await inNamespace('acme')).toMatchObject({ state: 'listed' });
    expect(await inNamespace('beta')).toMatchObject({ state: 'not-visible' });
    expect((await (await catalog(ask('/api/catalog'))).json()).kinds.length).toBeGreaterThan(3);
  });

  test('registers a plane in one of them, and in no other', async () => {
    const { certPem: caPem } = await CertificateAuthority.create('agents', { days: 400 });
    const caller = await serviceCaller();
    const dryRun = (namespace: string) =>
      registerPlane(caller, agentDraft(runtime, { namespace, name: 'next', caPem }), true);
    expect(await dryRun('acme')).toMatchObject({ outcome: 'checked' });
    await expect(dryRun('gamma')).rejects.toMatchObject({
      code: 'invalid-field',
      extensions: {
        errors: [{ path: ['namespace'], message: expect.stringContaining('PLANEBOARD_NAMESPACES') }],
      },
    });
  });

  test('looks for leftover Secrets only where it may list them', async () => {
    const answer = await leftovers(ask('/api/leftovers'));
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ secrets: [] });
  });

  test('shows the same planes on a wall, which names the kinds that it lacks', async () => {
    const text = runtime.wall.hub.json(wallViewOf(NO_LIMITS, new URLSearchParams()));
    expect(text).not.toMatch(HIDDEN);
    const frame = wallFrameSchema.parse(JSON.parse(text));
    expect(frame.planes.map(({ name }) => name).toSorted()).toEqual(['ci', 'obs', 'prod']);
    expect(frame.sources.find(({ plural }) => plural === 'dataplanes')).toMatchObject({
      state: 'live',
      partial: true,
    });
    expect(frame.sources.find(({ plural }) => plural === 'clusterdataplanes')?.state).toBe('forbidden');
  });

  test('is ready, and counts the planes of its namespaces', async () => {
    expect((await readyz()).status).toBe(200);
    const text = await (await metrics(ask('/metrics'))).text();
    expect(text).toContain('planeboard_planes{kind="DataPlane",health="healthy",maintenance="false"} 2');
    expect(text).not.toContain('kind="ClusterDataPlane"');
  });
});
