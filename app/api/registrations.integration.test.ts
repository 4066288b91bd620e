import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { POST as inspect } from '@/app/api/certificates/inspect/route';
import { POST as postPlane } from '@/app/api/planes/[...segments]/route';
import { GET as gateway } from '@/app/api/registrations/gateway/route';
import { GET as kinds } from '@/app/api/registrations/kinds/route';
import { GET as namespaces } from '@/app/api/registrations/namespaces/route';
import { GET as readRegistrations, POST as register } from '@/app/api/registrations/route';
import { GET as secrets } from '@/app/api/registrations/secrets/route';
import { CertificateAuthority, type KeyPairPem } from '@/demo/pki/certificate-authority';
import { inspectionAnswerSchema } from '@/lib/api/credentials';
import { type Problem, problemSchema } from '@/lib/api/problem';
import {
  registrationAnswerSchema,
  registrationKindsSchema,
  registrationNamespacesSchema,
  registrationSecretsSchema,
} from '@/lib/api/registration';
import type { Draft } from '@/lib/plane/registration/draft';
import { newDraft } from '@/lib/plane/registration/new-draft';
import type { Runtime } from '@/lib/server/runtime/create-runtime';
import { type BareControlPlane, sharedControlPlane } from '@/testing/control-plane/bare-control-plane';
import { FaultProxy } from '@/testing/control-plane/fault-proxy';
import { agentDraft, installedKindOf } from '@/testing/server/agent-draft';
import { captureLog, startProcessRuntime } from '@/testing/server/test-runtime';

const PASSWORD = 'canary-"7f3a9c\\';
const DATA_PLANES = '/apis/openchoreo.dev/v1alpha1/namespaces/default/dataplanes';

let demo: BareControlPlane;
let proxy: FaultProxy;
let runtime: Runtime;
let log: string[];
let authority: CertificateAuthority;
let client: KeyPairPem;
/** The text of every response. */
const responseTexts: string[] = [];

beforeAll(async () => {
  log = captureLog();
  // The planes of this release hold keys, tokens and passwords.
  demo = await sharedControlPlane('0.7');
  authority = await CertificateAuthority.create('company', { days: 400 });
  client = await authority.client('planes', [], { days: 300 });
  proxy = await FaultProxy.start(demo.controlPlane, demo.folder);
  runtime = await startProcessRuntime(proxy.kubeconfigPath);
});
afterAll(async () => {
  await runtime?.stop();
  await proxy?.stop();
  await demo?.stop();
});

const OWN = { host: '127.0.0.1', 'content-type': 'application/json' };
const post = (path: string, body: string, headers: Record<string, string> = {}) =>
  new Request(`http://127.0.0.1${path}`, { method: 'POST', headers: { ...OWN, ...headers }, body });
const get = (path: string) => new Request(`http://127.0.0.1${path}`);

async function bodyOf(response: Response): Promise<unknown> {
  expect(response.headers.get('cache-control')).toBe('no-store');
  const text = await response.text();
  responseTexts.push(text);
  return JSON.parse(text);
}

async function send(draft: unknown, dryRun = false): Promise<unknown> {
  return bodyOf(await register(post(`/api/registrations?dryRun=${dryRun}`, JSON.stringify(draft))));
}

async function problemOf(response: Response): Promise<Problem> {
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  return problemSchema.parse(await bodyOf(response));
}

/** A plane that the control plane calls directly, with its own key and password. */
function directDraft(name: string): Draft {
  const kind = installedKindOf(runtime, 'dataplanes');
  const draft = newDraft(kind, crypto.randomUUID(), { namespace: 'default' });
  const secret = { source: 'new-secret', namespace: '', name: `${name}-access` } as const;
  return {
    ...draft,
    name,
    connection: 'direct',
    auth: 'mtls',
    spec: {
      kubernetesCluster: { server: 'https://192.0.2.1:6443' },
      gateway: { publicVirtualHost: 'a.example.com', organizationVirtualHost: 'b.example.com' },
      observer: {
        url: 'https://observer.example.com',
        authentication: { basicAuth: { username: 'me' } },
      },
    },
    credentials: {
      ...draft.credentials,
      'kubernetesCluster.tls.ca': { ...secret, text: authority.certPem, key: 'ca.crt' },
      'kubernetesCluster.auth.mtls.clientCert': { ...secret, text: client.certPem, key: 'tls.crt' },
      'kubernetesCluster.auth.mtls.clientKey': { ...secret, text: client.keyPem, key: 'tls.key' },
      'observer.authentication.basicAuth.password': {
        source: 'inline',
        text: PASSWORD,
        namespace: '',
        name: '',
        key: '',
      },
    },
  };
}

describe('the registration routes', () => {
  test("check with a dry run, register, and adopt the same registration when it's repeated", async () => {
    const draft = directDraft('direct');
    expect(registrationAnswerSchema.parse(await send(draft, true))).toMatchObject({ outcome: 'checked' });
    const created = registrationAnswerSchema.parse(await send(draft));
    expect(created).toMatchObject({
      outcome: 'created',
      objects: [{ kind: 'Secret' }, { kind: 'DataPlane' }],
    });
    expect(registrationAnswerSchema.parse(await send(draft))).toMatchObject({
      outcome: 'adopted',
      plane: created.plane,
    });
    const written = await demo.controlPlane.client.get<{ spec: unknown }>(`${DATA_PLANES}/direct`);
    expect(written.spec).toMatchObject({
      kubernetesCluster: { server: 'https://192.0.2.1:6443' },
      observer: { authentication: { basicAuth: { password: PASSWORD } } },
    });
  });

  test('list kinds, namespaces, Secrets and the gateway for the wizard', async () => {
    expect(registrationKindsSchema.parse(await bodyOf(await kinds(get('/api/registrations/kinds'))))).toEqual(
      {
        kinds: [
          { plural: 'dataplanes', create: { state: 'allowed' } },
          { plural: 'buildplanes', create: { state: 'allowed' } },
        ],
      },
    );
    const spaces = await namespaces(get('/api/registrations/namespaces?plural=dataplanes'));
    expect(registrationNamespacesSchema.parse(await bodyOf(spaces))).toMatchObject({
      organisationsKnown: false,
    });
    const listed = await secrets(get('/api/registrations/secrets?namespace=default'));
    expect(registrationSecretsSchema.parse(await bodyOf(listed)).secrets).toContainEqual({
      name: 'direct-access',
    });
    const keys = await secrets(get('/api/registrations/secrets?namespace=default&name=direct-access'));
    expect(registrationSecretsSchema.parse(await bodyOf(keys)).secrets[0]?.keys).toEqual([
      'ca.crt',
      'tls.crt',
      'tls.key',
    ]);
    const usage = await secrets(get('/api/registrations/secrets?namespace=default&name=direct-access'));
    // The plane says who owns the Secret, once the reflector has seen it.
    expect(registrationSecretsSchema.parse(await bodyOf(usage)).secrets[0]?.usage).toMatchObject({
      createdFor: 'dataplanes/default/direct',
    });
    clusterGatewaySchema.parse(await bodyOf(await gateway(get('/api/registrations/gateway'))));
  });

  test('inspect a certificate that was typed or is in a Secret', async () => {
    const inSecret = (key: string) => ({ secret: { namespace: 'default', name: 'direct-access', key } });
    const request = {
      purpose: 'client-certificate',
      certificate: inSecret('tls.crt'),
      privateKey: inSecret('tls.key'),
    };
    const answer = await inspect(post('/api/certificates/inspect', JSON.stringify(request)));
    expect(inspectionAnswerSchema.parse(await bodyOf(answer))).toMatchObject({
      keyMatches: true,
      findings: [],
    });
    const mistaken = { purpose: 'agent-ca', certificate: inSecret('tls.key') };
    const mistakenAnswer = await inspect(post('/api/certificates/inspect', JSON.stringify(mistaken)));
    expect(inspectionAnswerSchema.parse(await bodyOf(mistakenAnswer))).toMatchObject({
      certificates: [],
      findings: [{ severity: 'error' }],
    });
  });

  test('refresh a plane, and answer 404 or 405 to other posts to a plane', async () => {
    const refreshAt = (...segments: string[]) =>
      postPlane(post(`/api/planes/${segments.join('/')}`, '{}'), { params: Promise.resolve({ segments }) });
    expect(await bodyOf(await refreshAt('dataplanes', 'default', 'direct', 'refresh'))).toMatchObject({
      refreshedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string,
    });
    expect((await refreshAt('dataplanes', 'default', 'direct')).status).toBe(405);
    expect((await refreshAt('dataplanes', '..', 'direct', 'refresh')).status).toBe(404);
    expect((await refreshAt('dataplanes', 'default', 'nobody', 'refresh')).status).toBe(404);
  });
});

describe('the validation', () => {
  const big = `{"id":"${'x'.repeat(600_000)}"}`;
  test.each([
    ['another content type', '{}', { 'content-type': 'text/plain' }, '', 415, 'unsupported-media-type'],
    ['another site', '{}', { origin: 'https://evil.example.com' }, '', 403, 'cross-origin'],
    ['another host', '{}', { host: 'evil.example.com' }, '', 421, 'unknown-host'],
    ['an oversized body', big, {}, '', 413, 'too-large'],
    ['a body that is not JSON', 'hello', {}, '', 400, 'bad-request'],
    ['endless nesting', '['.repeat(100_000), {}, '', 400, 'bad-request'],
    ['a body that is no draft', '{}', {}, '', 422, 'invalid-field'],
    ['a misspelt parameter', '{}', {}, '?dryRun=yes', 400, 'bad-request'],
  ])('rejects %s', async (_, body, headers, query, status, code) => {
    const response = await register(post(`/api/registrations${query}`, body, headers));
    expect(response.status).toBe(status);
    expect(await problemOf(response)).toMatchObject({ status, code });
    if (query === '') {
      const inspected = await inspect(post('/api/certificates/inspect', body, headers));
      expect(await problemOf(inspected)).toMatchObject({ status, code });
    }
  });

  test('lists the invalid fields of a draft', async () => {
    const draft = { ...directDraft('x'), plural: 'secrets', credentials: { a: { source: 'nowhere' } } };
    const response = await register(post('/api/registrations', JSON.stringify(draft)));
    const paths = (await problemOf(response)).errors?.map(({ path }) => path.join('.'));
    expect(paths).toEqual(expect.arrayContaining(['plural', 'credentials.a.source', 'credentials.a.text']));
  });

  test('rejects other methods and invalid parameters', async () => {
    expect((await readRegistrations()).headers.get('allow')).toBe('POST');
    expect((await namespaces(get('/api/registrations/namespaces?plural=pods'))).status).toBe(400);
    expect((await secrets(get('/api/registrations/secrets'))).status).toBe(400);
  });

  test('rejects fields that reach for the prototype or that the schema lacks', async () => {
    for (const [fields, path] of [
      ['"constructor":{"prototype":{}},"nowhere":1', 'spec.nowhere'],
      ['"__proto__":{"polluted":true}', 'spec.__proto__'],
    ] as const) {
      const text = JSON.stringify(directDraft('tricky')).replace('"spec":{', `"spec":{${fields},`);
      const problem = await problemOf(await register(post('/api/registrations?dryRun=true', text)));
      expect(problem).toMatchObject({ status: 422, code: 'invalid-field' });
      expect(problem.errors?.map((error) => error.path.join('.'))).toContain(path);
    }
    expect({}).not.toHaveProperty('polluted');
  });

  test.each([
    ['finalizers', (draft: Draft) => ({ ...draft, finalizers: { team: 'shop' } }), /finalizers/],
    ['a misspelt field', (draft: Draft) => ({ ...draft, descripton: 'typo' }), /descripton/],
    [
      'an unknown part of a credential',
      (draft: Draft) => ({
        ...draft,
        credentials: Object.fromEntries(
          Object.entries(draft.credentials).map(([id, credential]) => [id, { ...credential, kee: 'x' }]),
        ),
      }),
      /kee/,
    ],
    [
      'a credential without a slot in the kind',
      (draft: Draft) => ({
        ...draft,
        credentials: {
          ...draft.credentials,
          'evil.path': { source: 'inline', text: 'x', namespace: '', name: '', key: '' },
        },
      }),
      /evil\.path/,
    ],
    [
      'a label that Kubernetes would reject',
      (draft: Draft) => ({ ...draft, labels: { 'no key': 'x' } }),
      /A key has at most 63/,
    ],
  ])('rejects %s instead of ignoring it', async (_, changed, pattern) => {
    const draft = directDraft('left-out');
    expect(await send(draft, true)).toMatchObject({ outcome: 'checked' });
    const problem = await problemOf(
      await register(post('/api/registrations?dryRun=true', JSON.stringify(changed(draft)))),
    );
    expect(problem).toMatchObject({ status: 422, code: 'invalid-field' });
    expect(problem.errors?.map(({ message }) => message).join()).toMatch(pattern);
  });
});

describe('responses and logs never contain a secret', () => {
  const keyLine = () => client.keyPem.split('\n')[1] ?? '';
  const rejections: [string, () => object][] = [
    [
      'when the API server quotes values of invalid fields',
      () => ({
        status: 422,
        reason: 'Invalid',
        message: `x is invalid: spec.observer: Invalid value: ${JSON.stringify({ password: PASSWORD })}: no`,
        details: {
          causes: [
            {
              field: 'spec.observer.authentication.basicAuth.password',
              message: `Invalid value: ${JSON.stringify(PASSWORD)}: too short`,
            },
          ],
        },
      }),
    ],
    [
      'when a webhook repeats what it received',
      () => ({
        status: 403,
        reason: 'Forbidden',
        message: `denied: I do not like ${PASSWORD} nor ${client.keyPem}`,
      }),
    ],
    [
      'when a webhook repeats a part of the key',
      () => ({ status: 400, message: `bad: ${keyLine().slice(4, 60)}...` }),
    ],
    [
      'when a webhook fails with the key in its message',
      () => ({ status: 500, message: `panic: ${Buffer.from(client.keyPem).toString('base64')}` }),
    ],
  ];

  test.each(rejections)('%s', async (_, rejection) => {
    for (const dryRun of [true, false]) {
      const { status, ...body } = { status: 500, ...rejection() };
      proxy.rule = (path, method) =>
        method === 'POST' && path.includes('/dataplanes?') && path.includes('dryRun') === dryRun
          ? { status, body: JSON.stringify({ kind: 'Status', apiVersion: 'v1', ...body }) }
          : undefined;
      const problem = problemSchema.parse(await send(directDraft('refused'), dryRun));
      // Planeboard's own text stays.
      expect(problem.detail).toMatch(/The API server/);
      if (!dryRun)
        expect(problem.detail).toContain('was created and removed again. Nothing was left behind.');
    }
    proxy.rule = undefined;
  });

  test('when a warning repeats the key', async () => {
    const draft = directDraft('warned');
    const { namespace, name } = draft;
    const plane = {
      apiVersion: 'openchoreo.dev/v1alpha1',
      kind: 'DataPlane',
      metadata: { namespace, name, uid: 'u1' },
    };
    proxy.rule = (path, method) =>
      method === 'POST' && path.includes('dryRun') && path.includes('/dataplanes?')
        ? {
            status: 201,
            headers: { warning: `299 - "found ${keyLine()}", 299 - "deprecated"` },
            body: JSON.stringify(plane),
          }
        : undefined;
    const { warnings } = registrationAnswerSchema.parse(await send(draft, true));
    proxy.rule = undefined;
    expect(warnings.map(({ message }) => message)).toEqual([
      "The API server's message contains a secret, so it isn't shown.",
      'deprecated',
    ]);
  });

  test("when a draft has errors or a key doesn't match", async () => {
    const draft = directDraft('wrong');
    const before = draft.credentials['kubernetesCluster.auth.mtls.clientCert'];
    if (!before) throw new Error('The draft has no certificate.');
    const mistaken = { ...before, text: client.keyPem };
    const unfit = { ...before, text: (await authority.client('other', [], { days: 9 })).certPem };
    for (const credential of [mistaken, unfit]) {
      const credentials = { ...draft.credentials, 'kubernetesCluster.auth.mtls.clientCert': credential };
      expect(problemSchema.parse(await send({ ...draft, credentials })).code).toBe('invalid-field');
    }
  });

  test('across all of these responses and log lines', () => {
    expect(responseTexts.length).toBeGreaterThan(30);
    expect(log.filter((line) => line.includes('"log":"audit"')).length).toBeGreaterThan(2);
    const canaries = [
      'canary-',
      Buffer.from(PASSWORD).toString('base64'),
      keyLine(),
      keyLine().slice(4, 60),
      Buffer.from(client.keyPem).toString('base64').slice(0, 80),
    ];
    for (const text of [...responseTexts, ...log]) {
      for (const canary of canaries) expect(text).not.toContain(canary);
    }
  });
});

test('registers an agent-connected plane in release 0.7', async () => {
  const draft = agentDraft(runtime, { name: 'with-agent', caPem: authority.certPem });
  const credential = draft.credentials['clusterAgent.clientCA'];
  if (!credential) throw new Error('The draft has no CA.');
  const { spec } = directDraft('x');
  const answer = await send({
    ...draft,
    connection: 'agent',
    spec: { gateway: spec.gateway ?? {} },
    credentials: { 'agent.clientCA': credential },
  });
  expect(registrationAnswerSchema.parse(answer)).toMatchObject({ outcome: 'created' });
});

import { clusterGatewaySchema } from '@/lib/api/agent-setup';
