import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { GET as anythingElse } from '@/app/api/[...path]/route';
import { GET as catalog } from '@/app/api/catalog/route';
import { GET as plane } from '@/app/api/planes/[...segments]/route';
import { GET as planes, POST as postPlanes } from '@/app/api/planes/route';
import { GET as stream, HEAD as streamHead } from '@/app/api/planes/stream/route';
import { GET as metrics } from '@/app/metrics/route';
import { GET as readyz } from '@/app/readyz/route';
import type { ControlPlane } from '@/demo/control-plane/control-plane';
import { catalogSchema } from '@/lib/api/catalog';
import { fleetSnapshotSchema, planeDetailSchema } from '@/lib/api/fleet';
import { problemSchema } from '@/lib/api/problem';
import { MASK } from '@/lib/plane/masking/mask';
import { processSlot } from '@/lib/server/process/process-slot';
import type { Runtime } from '@/lib/server/runtime/create-runtime';
import { type BareControlPlane, ownControlPlane } from '@/testing/control-plane/bare-control-plane';
import { DataPlaneWriter } from '@/testing/control-plane/data-plane-writer';
import { SseReader } from '@/testing/server/sse-reader';
import { planeNamed, startRuntime, until, untilLive } from '@/testing/server/test-runtime';

/** Placed wherever a secret can appear; no response may contain it. */
const CANARY = 'canary-7f3a9c';
const CANARY_BASE64 = Buffer.from(CANARY).toString('base64');

let demo: BareControlPlane<ControlPlane>;
let runtime: Runtime;

beforeAll(async () => {
  // The oldest release stores credentials in the resource itself.
  demo = await ownControlPlane('0.3');
  const lastApplied = JSON.stringify({ spec: { password: CANARY } });
  await new DataPlaneWriter(demo.controlPlane.client).createRaw(
    'old',
    {
      kubernetesCluster: {
        name: 'old',
        credentials: {
          apiServerURL: 'https://192.0.2.1:6443',
          caCert: 'Y2E=',
          clientCert: CANARY_BASE64,
          clientKey: CANARY_BASE64,
        },
      },
      registry: { prefix: 'registry.example.com', secretRef: 'registry' },
      gateway: { publicVirtualHost: 'a.example.com', organizationVirtualHost: 'b.example.com' },
      observer: {
        url: 'https://observer.example.com',
        authentication: { basicAuth: { username: 'me', password: CANARY } },
      },
    },
    { 'kubectl.kubernetes.io/last-applied-configuration': lastApplied },
  );
  runtime = startRuntime(demo.controlPlane.kubeconfigPath);
  // The routes find the runtime where the server's start would have put it.
  processSlot('runtime', () => runtime);
  await untilLive(runtime);
  await until(runtime, () => planeNamed(runtime, 'old') !== undefined);
});
afterAll(async () => {
  await runtime?.stop();
  await demo?.stop();
});

const ask = (path: string) => new Request(`http://127.0.0.1${path}`);
const askPlane = (...segments: string[]) =>
  plane(ask(`/api/planes/${segments.join('/')}`), { params: Promise.resolve({ segments }) });

function expectPrivate(response: Response): void {
  expect(response.headers.get('cache-control')).toMatch(/^no-store(, no-transform)?$/);
}

async function expectProblem(response: Response, status: number, code: string): Promise<void> {
  expectPrivate(response);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(problemSchema.parse(await response.json())).toMatchObject({ status, code });
  expect(response.status).toBe(status);
}

/** Returns a manifest with a text in the place of each masked secret. */
function withSecrets(manifest: { readonly metadata: object }): typeof manifest {
  const isMask = (value: unknown) => Array.isArray(value) && value.length === 1 && value[0] === MASK;
  return JSON.parse(JSON.stringify(manifest), (_, value: unknown) => (isMask(value) ? 'c2VjcmV0' : value));
}

describe('the API', () => {
  test("returns the fleet in the contract's schema", async () => {
    const response = await planes(ask('/api/planes'));
    expectPrivate(response);
    const snapshot = fleetSnapshotSchema.parse(await response.json());
    expect(snapshot.planes.map((item) => [item.name, item.health.state])).toEqual([['old', 'degraded']]);
  });

  test('returns metrics of the fleet without plane names', async () => {
    const response = await metrics(ask('/metrics'));
    expectPrivate(response);
    expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
    const text = await response.text();
    expect(text).toContain('planeboard_planes{kind="DataPlane",health="degraded",maintenance="false"} 1');
    expect(text).toContain('planeboard_planes{kind="BuildPlane",health="healthy",maintenance="false"} 0');
    expect(text).not.toContain('"old"');
  });

  test('returns a plane with its secrets masked and its managed fields left out', async () => {
    const response = await askPlane('dataplanes', 'default', 'old');
    expectPrivate(response);
    const detail = planeDetailSchema.parse(await response.json());
    expect(detail.annotations).toEqual({});
    expect(detail.masked).toContainEqual(['spec', 'kubernetesCluster', 'credentials', 'clientKey']);
    expect(detail.spec).toMatchObject({
      kubernetesCluster: { credentials: { clientKey: MASK, apiServerURL: 'https://192.0.2.1:6443' } },
    });
    expect(detail.yaml).not.toContain('managedFields');
    expect(detail.yaml).toContain('resourceVersion');
    expect(parse(detail.manifest).metadata).toEqual({ name: 'old', namespace: 'default' });
    expect(detail.manifest).toMatch(
      /^# Replace \d+ masked secrets before you apply this: spec\.kubernetesCluster\./,
    );
  });

  test('returns a manifest that the API server accepts once its secrets are replaced', async () => {
    const detail = planeDetailSchema.parse(await (await askPlane('dataplanes', 'default', 'old')).json());
    const manifest = withSecrets(parse(detail.manifest));
    const path = '/apis/openchoreo.dev/v1alpha1/namespaces/default/dataplanes';
    const query = { dryRun: 'All', fieldManager: 'kubectl', fieldValidation: 'Strict' };
    const applied = await runtime.client.request({
      method: 'PATCH',
      path: `${path}/old`,
      query: { ...query, force: 'true' },
      contentType: 'application/apply-patch+yaml',
      body: manifest,
    });
    expect(applied).toMatchObject({ status: 200, warnings: [] });
    const created = await runtime.client.request({
      method: 'POST',
      path,
      query,
      body: { ...manifest, metadata: { ...manifest.metadata, name: 'copy' } },
    });
    expect(created).toMatchObject({ status: 201, warnings: [] });
  });

  test('returns the installed kinds with their fields', async () => {
    const response = await catalog(ask('/api/catalog'));
    expectPrivate(response);
    const { kinds, readAt } = catalogSchema.parse(await response.json());
    expect(kinds.map((kind) => kind.plural)).toEqual(['dataplanes', 'buildplanes']);
    expect(kinds[0]?.schema?.properties?.spec?.properties).toHaveProperty('kubernetesCluster');
    expect(readAt).not.toBeNull();
  });

  test.each([
    ['a missing plane', ['dataplanes', 'default', 'nobody']],
    ['a kind that is not served', ['clusterdataplanes', 'shared']],
    ['a plural that names no plane kind', ['secrets', 'default', 'x']],
    ['a path traversal', ['dataplanes', '..', 'secrets']],
    ['a cluster kind with a namespace', ['clusterdataplanes', 'default', 'x']],
    ['an invalid name', ['dataplanes', 'default', 'UPPER']],
  ])('answers 404 to %s', async (_, segments) => {
    await expectProblem(await askPlane(...segments), 404, 'not-found');
  });

  test('answers unknown paths and methods with a problem', async () => {
    await expectProblem(anythingElse(), 404, 'not-found');
    const response = postPlanes();
    expect(response.headers.get('allow')).toBe('GET, HEAD');
    await expectProblem(response, 405, 'method-not-allowed');
  });

  test('reports ready, and whether the API server is reachable', async () => {
    const response = await readyz();
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ status: 'ready', apiServer: { state: 'reachable' } });
  });

  test('opens no stream for a HEAD request', async () => {
    expect((await streamHead(ask('/api/planes/stream'))).body).toBeNull();
    expect(runtime.feed.readerCount).toBe(0);
  });

  test('leaks no secret in any response', async () => {
    const { body } = await stream(ask('/api/planes/stream'));
    if (!body) throw new Error('The stream has no body.');
    const reader = new SseReader(body);
    const frame = await reader.nextOf('snapshot');
    await reader.cancel();
    const answers = [
      await (await planes(ask('/api/planes'))).text(),
      await (await askPlane('dataplanes', 'default', 'old')).text(),
      await (await catalog(ask('/api/catalog'))).text(),
      await (await readyz()).text(),
      frame.data,
    ];
    // Every response mentions the plane or the kinds: an empty one would prove nothing.
    expect(answers.every((answer) => answer.includes('plane'))).toBe(true);
    for (const answer of answers) {
      expect(answer).not.toContain(CANARY);
      expect(answer).not.toContain(CANARY_BASE64);
    }
  });
});

describe('while the API server is unreachable', () => {
  test('a plane is reported as unreachable, not as missing', async () => {
    await demo.controlPlane.killApiServer();
    await expectProblem(await askPlane('dataplanes', 'default', 'old'), 503, 'api-server-unreachable');
    await until(runtime, () => runtime.engine.apiServer.wire().state === 'unreachable');
    const snapshot = fleetSnapshotSchema.parse(await (await planes(ask('/api/planes'))).json());
    expect(snapshot.apiServer.state).toBe('unreachable');
    expect(snapshot.planes).toHaveLength(1);
    expect((await readyz()).status).toBe(200);
  });
});
