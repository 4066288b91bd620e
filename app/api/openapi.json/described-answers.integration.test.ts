import { afterAll, beforeAll, expect, test } from 'vitest';
import { GET as caAccess } from '@/app/api/ca-access/route';
import { GET as catalog } from '@/app/api/catalog/route';
import { POST as inspect } from '@/app/api/certificates/inspect/route';
import { GET as certificates } from '@/app/api/certificates/route';
import { GET as leftovers } from '@/app/api/leftovers/route';
import { GET as openApi } from '@/app/api/openapi.json/route';
import {
  DELETE as deletePlane,
  GET as getPlane,
  PATCH as patchPlane,
  POST as postPlane,
} from '@/app/api/planes/[...segments]/route';
import { GET as planes } from '@/app/api/planes/route';
import { GET as stream } from '@/app/api/planes/stream/route';
import { GET as gateway } from '@/app/api/registrations/gateway/route';
import { GET as kinds } from '@/app/api/registrations/kinds/route';
import { GET as namespaces } from '@/app/api/registrations/namespaces/route';
import { POST as register } from '@/app/api/registrations/route';
import { GET as secrets } from '@/app/api/registrations/secrets/route';
import { GET as rights } from '@/app/api/session/rights/route';
import { GET as session } from '@/app/api/session/route';
import { GET as wallLinks } from '@/app/api/wall-tokens/route';
import { GET as readyz } from '@/app/readyz/route';
import { CertificateAuthority } from '@/demo/pki/certificate-authority';
import { EXAMPLE_DRAFT } from '@/lib/server/api-reference/example-draft';
import type { Runtime } from '@/lib/server/runtime/create-runtime';
import { type BareControlPlane, sharedControlPlane } from '@/testing/control-plane/bare-control-plane';
import { ensureNamespace } from '@/testing/control-plane/kube-objects';
import { DescribedAnswers } from '@/testing/server/described-answers';
import { SseReader } from '@/testing/server/sse-reader';
import {
  captureLog,
  planeNamed,
  startProcessRuntime,
  stopProcessRuntime,
  until,
} from '@/testing/server/test-runtime';

const SLOT = 'clusterAgent.clientCA';

let demo: BareControlPlane;
let runtime: Runtime;
let caPem: string;
const described = new DescribedAnswers();

beforeAll(async () => {
  captureLog();
  demo = await sharedControlPlane();
  await ensureNamespace(demo.controlPlane.client, EXAMPLE_DRAFT.namespace);
  caPem = (await CertificateAuthority.create('acme agents', { days: 400 })).certPem;
  runtime = await startProcessRuntime(demo.controlPlane.kubeconfigPath);
});
afterAll(async () => {
  await stopProcessRuntime(runtime);
  await demo?.stop();
});

function request(method: string, path: string, body?: unknown): Request {
  const headers = { host: '127.0.0.1', 'content-type': 'application/json' };
  return new Request(`http://127.0.0.1${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

const segments = ['dataplanes', EXAMPLE_DRAFT.namespace, EXAMPLE_DRAFT.name];

/** Sends a request to a plane's route: to the plane itself, or to one of its parts. */
function ofPlane(handler: typeof getPlane, method: string, part: string | null, body?: unknown) {
  const all = part === null ? segments : [...segments, part];
  const path = `/api/planes/${all.join('/')}`;
  return handler(request(method, path, body), { params: Promise.resolve({ segments: all }) });
}

function draftWith(text: string) {
  const credential = EXAMPLE_DRAFT.credentials[SLOT];
  return { ...EXAMPLE_DRAFT, credentials: { [SLOT]: { ...credential, text } } };
}

test('the example of a registration works, and its answers are as described', async () => {
  const send = (dryRun: boolean, draft: unknown) =>
    register(request('POST', `/api/registrations?dryRun=${dryRun}`, draft));
  expect(await described.read('registerPlane', await send(true, draftWith('x')))).toMatchObject({
    code: 'invalid-field',
  });
  const draft = draftWith(caPem);
  expect(await described.read('registerPlane', await send(true, draft))).toMatchObject({
    outcome: 'checked',
  });
  expect(await described.read('registerPlane', await send(false, draft))).toMatchObject({
    outcome: 'created',
  });
  expect(await described.read('registerPlane', await send(false, draft))).toMatchObject({
    outcome: 'adopted',
  });
  await until(runtime, () => planeNamed(runtime, EXAMPLE_DRAFT.name) !== undefined);
});

test('what is read of planes is as described', async () => {
  expect(await described.read('listPlanes', await planes(request('GET', '/api/planes')))).toMatchObject({
    planes: [{ name: EXAMPLE_DRAFT.name }],
  });
  for (const [id, part] of [
    ['getPlane', null],
    ['getPlaneRelated', 'related'],
    ['getPlaneHistory', 'history'],
    ['getPlaneReplacements', 'replacements'],
  ] as const)
    await described.read(id, await ofPlane(getPlane, 'GET', part));
});

test('the frames of a stream are as described', async () => {
  const { body } = await stream(request('GET', '/api/planes/stream'));
  if (!body) throw new Error('The stream has no body.');
  const reader = new SseReader(body);
  for (const [frame, name] of [
    ['snapshot', 'FleetSnapshot'],
    ['keepalive', 'Keepalive'],
  ] as const)
    described.requireNamed(name, JSON.parse((await reader.nextOf(frame)).data));
  await described.read('refreshPlane', await ofPlane(postPlane, 'POST', 'refresh', {}));
  described.requireNamed('FleetChanges', JSON.parse((await reader.nextOf('changes')).data));
  await reader.cancel();
});

test('changes of a plane are as described', async () => {
  const { resourceVersion } = planeNamed(runtime, EXAMPLE_DRAFT.name) ?? {};
  const edit = (changes: object, version = resourceVersion, dryRun = false) =>
    ofPlane(patchPlane, 'PATCH', null, { resourceVersion: version, dryRun, changes });
  const changes = { displayName: 'Staging (EU)', labels: { team: 'platform' } };
  await described.read('editPlane', await edit(changes, resourceVersion, true));
  await described.read('editPlane', await edit(changes));
  expect(await described.read('editPlane', await edit({ displayName: 'Late' }))).toMatchObject({
    code: 'conflict',
  });
  const added = (await CertificateAuthority.create('acme agents 2', { days: 400 })).certPem;
  const replacement = { slot: SLOT, action: 'add', text: added, dryRun: true };
  await described.read(
    'replacePlaneCredential',
    await ofPlane(postPlane, 'POST', 'credentials', replacement),
  );
});

test.each([
  ['getCatalog', () => catalog(request('GET', '/api/catalog'))],
  ['getCaAccess', () => caAccess(request('GET', '/api/ca-access'))],
  ['listCertificates', () => certificates(request('GET', '/api/certificates'))],
  ['listLeftovers', () => leftovers(request('GET', '/api/leftovers'))],
  ['listRegistrationKinds', () => kinds(request('GET', '/api/registrations/kinds'))],
  [
    'listRegistrationNamespaces',
    () => namespaces(request('GET', '/api/registrations/namespaces?plural=dataplanes')),
  ],
  [
    'listRegistrationSecrets',
    () => secrets(request('GET', '/api/registrations/secrets?namespace=acme&name=staging-agent-ca')),
  ],
  ['getRegistrationGateway', () => gateway(request('GET', '/api/registrations/gateway'))],
  ['listWallLinks', () => wallLinks(request('GET', '/api/wall-tokens'))],
  ['getCaller', () => session(request('GET', '/api/session'))],
  ['getCallerRights', () => rights(request('GET', '/api/session/rights?namespace=acme'))],
  ['getReadiness', () => readyz()],
  ['getOpenApi', () => openApi(request('GET', '/api/openapi.json'))],
])('%s answers as described', async (id, ask) => {
  const response = await ask();
  expect(response.status).toBe(200);
  await described.read(id, response);
});

test('an inspection is as described', async () => {
  const body = { purpose: 'agent-ca', certificate: { text: caPem } };
  await described.read(
    'inspectCertificate',
    await inspect(request('POST', '/api/certificates/inspect', body)),
  );
});

test('a deletion is as described', async () => {
  const uid = planeNamed(runtime, EXAMPLE_DRAFT.name)?.uid;
  const other = { confirm: EXAMPLE_DRAFT.name, uid: 'x' };
  const refused = await described.read('deletePlane', await ofPlane(deletePlane, 'DELETE', null, other));
  expect(refused).toMatchObject({ code: expect.any(String) as string });
  const body = { confirm: EXAMPLE_DRAFT.name, uid, deleteSecret: true };
  await described.read('deletePlane', await ofPlane(deletePlane, 'DELETE', null, body));
});
