import { X509Certificate } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { CertificateAuthority, type KeyPairPem, selfSignedAgent } from '@/demo/pki/certificate-authority';
import { replacementsAnswerSchema } from '@/lib/api/replacements';
import { PlaneWrites } from '@/testing/server/plane-writes';

const REFRESHED_AT = 'planeboard.openchoreo.dev/refreshed-at';
const TOKEN = 'canary-token-1-0123456789abcdef';

let api: PlaneWrites;
let authority: CertificateAuthority;
let old: KeyPairPem;
let renewed: KeyPairPem;
let expired: KeyPairPem;
let name = '';
let plane = '';
let names = 0;

beforeAll(async () => {
  // In this release every form of a credential can be in a Secret or inline.
  api = await PlaneWrites.start('0.7');
  authority = await CertificateAuthority.create('company', { days: 400 });
  old = await selfSignedAgent('agent', { days: 80 });
  renewed = await selfSignedAgent('agent', { days: 90 });
  expired = await selfSignedAgent('agent', { fromDays: -90, days: 60 });
});
afterAll(() => api?.stop());
afterEach(() => {
  api.proxy.rule = undefined;
});

const fingerprint = ({ certPem }: Pick<KeyPairPem, 'certPem'>) => new X509Certificate(certPem).fingerprint256;
const GATEWAY = { publicVirtualHost: 'a.example.com', organizationVirtualHost: 'b.example.com' };

/** Creates a plane with an agent and the given CA. */
async function withAgent(clientCA: (name: string) => object): Promise<void> {
  names += 1;
  name = `plane-${names}`;
  plane = `dataplanes/default/${name}`;
  await api.create(plane, { gateway: GATEWAY, agent: { enabled: true, clientCA: clientCA(name) } });
}
const inSecret = (of: string) => ({ secretRef: { name: `${of}-ca`, key: 'ca.crt' } });
const agentCa = { slot: 'agent.clientCA' } as const;
const post = (body: object) => api.done('POST', `${plane}/credentials`, body);
const refused = (body: object) => api.refused('POST', `${plane}/credentials`, body);
const lastRefresh = async () => (await api.live(plane)).metadata.annotations?.[REFRESHED_AT];

describe("replacing the agent's CA in a Secret", () => {
  test('keeps the old certificate beside the new one until it is dropped, and leaves other keys unchanged', async () => {
    await withAgent(inSecret);
    await api.secret(`${name}-ca`, { 'ca.crt': old.certPem, 'other.txt': 'left alone' });
    const added = await post({ ...agentCa, action: 'add', text: renewed.certPem });
    expect(added).toMatchObject({
      dryRun: false,
      fingerprints: [fingerprint(old), fingerprint(renewed)],
      written: [
        { kind: 'Secret', namespace: 'default', name: `${name}-ca` },
        { kind: 'DataPlane', namespace: 'default', name },
      ],
    });
    expect(await lastRefresh()).toBe(added.refreshedAt);
    const bundle = await api.secretData(`${name}-ca`);
    expect(bundle?.['other.txt']).toBe('left alone');
    expect(bundle?.['ca.crt']?.match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
    expect(added.bundle).toBe(bundle?.['ca.crt']);

    const reduced = await post({
      ...agentCa,
      action: 'keep-only',
      fingerprints: [fingerprint(renewed).toLowerCase().replaceAll(':', '')],
    });
    expect(reduced.fingerprints).toEqual([fingerprint(renewed)]);
    const left = (await api.secretData(`${name}-ca`))?.['ca.crt'] ?? '';
    expect(new X509Certificate(left).fingerprint256).toBe(fingerprint(renewed));
    expect(left.match(/BEGIN CERTIFICATE/g)).toHaveLength(1);
    expect(reduced.bundle).toBe(left);
  });

  test('refreshes the plane without writing the Secret when the certificate is already stored', async () => {
    await withAgent(inSecret);
    const secret = await api.secret(`${name}-ca`, { 'ca.crt': new X509Certificate(old.certPem).toString() });
    const answer = await post({ ...agentCa, action: 'add', text: old.certPem });
    expect(answer).toMatchObject({ fingerprints: [fingerprint(old)], written: [{ kind: 'DataPlane' }] });
    const now = await api.kube.get(`/api/v1/namespaces/default/secrets/${name}-ca`);
    expect(now.metadata.resourceVersion).toBe(secret.metadata.resourceVersion);
    expect(await lastRefresh()).toBe(answer.refreshedAt);
  });

  test.each([
    [
      'text without a certificate',
      () => ({ action: 'add', text: 'nothing' }),
      ['text'],
      /No certificate found/,
    ],
    ['a private key', () => ({ action: 'add', text: renewed.keyPem }), ['text'], /private key/],
    ['an expired certificate', () => ({ action: 'add', text: expired.certPem }), ['text'], /It expired on/],
    [
      'dropping every certificate',
      () => ({ action: 'keep-only', fingerprints: [] }),
      ['fingerprints'],
      /Keep at least one/,
    ],
    [
      'keeping an unknown certificate',
      () => ({ action: 'keep-only', fingerprints: [fingerprint(renewed)] }),
      ['fingerprints'],
      /Keep at least one/,
    ],
    [
      'keeping more certificates than are stored',
      () => ({ action: 'keep-only', fingerprints: [fingerprint(old), fingerprint(renewed)] }),
      ['fingerprints'],
      /Some of these certificates aren't stored here/,
    ],
    ['a replacement without material', () => ({ action: 'replace' }), ['text'], /Enter the new value/],
  ])('rejects %s and writes nothing', async (_, body, path, expected) => {
    await withAgent(inSecret);
    await api.secret(`${name}-ca`, { 'ca.crt': old.certPem });
    const problem = await refused({ ...agentCa, ...body() });
    expect(problem.errors?.[0]).toMatchObject({ path, message: expect.stringMatching(expected) as string });
    expect(await api.secretData(`${name}-ca`)).toEqual({ 'ca.crt': old.certPem });
    expect(await lastRefresh()).toBeUndefined();
  });

  test('returns the result of a dry run and writes nothing', async () => {
    await withAgent(inSecret);
    await api.secret(`${name}-ca`, { 'ca.crt': old.certPem });
    const lines = api.audits().length;
    const answer = await post({ ...agentCa, action: 'add', text: renewed.certPem, dryRun: true });
    expect(answer).toMatchObject({ dryRun: true, refreshedAt: null });
    expect(answer.fingerprints).toHaveLength(2);
    expect(await api.secretData(`${name}-ca`)).toEqual({ 'ca.crt': old.certPem });
    expect(api.audits()).toHaveLength(lines);
  });

  test('creates a missing Secret, marked as created for this plane', async () => {
    await withAgent(inSecret);
    await post({ ...agentCa, action: 'replace', text: renewed.certPem });
    const created = await api.kube.get(`/api/v1/namespaces/default/secrets/${name}-ca`);
    expect(created.metadata).toMatchObject({
      labels: { 'app.kubernetes.io/managed-by': 'planeboard' },
      annotations: { 'planeboard.openchoreo.dev/plane': plane },
    });
  });

  test('creates a missing Secret only after a review that says so', async () => {
    await withAgent(inSecret);
    const { slots } = replacementsAnswerSchema.parse(await api.read(`${plane}/replacements`));
    expect(slots.map(({ secretMissing }) => secretMissing)).toEqual([true]);
    const change = { ...agentCa, action: 'replace', text: renewed.certPem };
    const review = await post({ ...change, dryRun: true });
    const created = { kind: 'Secret', namespace: 'default', name: `${name}-ca`, created: true };
    expect(review).toMatchObject({ written: [created, { kind: 'DataPlane' }] });
    const missing = { ...change, reviewed: [`change Secret default/${name}-ca, version 1`] };
    expect(await refused(missing)).toMatchObject({ code: 'conflict' });
    expect(await api.secretData(`${name}-ca`)).toBeUndefined();
    expect(await post({ ...change, reviewed: review.writes })).toMatchObject({ written: [created, {}] });
    const again = await post({ ...change, text: old.certPem, dryRun: true });
    expect(JSON.stringify(again)).not.toContain('created');
  });

  test('writes nothing else than what was reviewed', async () => {
    await withAgent(inSecret);
    const stored = await api.secret(`${name}-ca`, { 'ca.crt': old.certPem });
    await api.secret(`${name}-other`, { 'ca.crt': old.certPem });
    const change = { ...agentCa, action: 'add', text: renewed.certPem } as const;
    const { writes } = await post({ ...change, dryRun: true });
    expect(writes).toEqual([`change Secret default/${name}-ca, version ${stored.metadata.resourceVersion}`]);
    const refer = (secret: string) =>
      api.kube.patch(`/apis/openchoreo.dev/v1alpha1/namespaces/default/dataplanes/${name}`, {
        spec: { agent: { clientCA: { secretRef: { name: secret } } } },
      });
    await refer(`${name}-other`);
    expect(await refused({ ...change, reviewed: writes })).toMatchObject({ code: 'conflict' });
    expect(await api.secretData(`${name}-other`)).toEqual({ 'ca.crt': old.certPem });
    await refer(`${name}-ca`);
    await api.kube.delete(`/api/v1/namespaces/default/secrets/${name}-ca`);
    expect(await refused({ ...change, reviewed: writes })).toMatchObject({ code: 'conflict' });
    await api.secret(`${name}-ca`, { 'ca.crt': old.certPem });
    // Someone else may have replaced the value that the review was about.
    expect(await refused({ ...change, reviewed: writes })).toMatchObject({ code: 'conflict' });
    const again = await post({ ...change, dryRun: true });
    await post({ ...change, reviewed: again.writes });
    expect((await api.secretData(`${name}-ca`))?.['ca.crt']).toContain(renewed.certPem.trim());
  });

  test("reports a conflict when the Secret has changed, and doesn't overwrite it", async () => {
    await withAgent(inSecret);
    await api.secret(`${name}-ca`, { 'ca.crt': old.certPem });
    let isChanged = false;
    api.proxy.rule = async (path, method) => {
      if (method === 'PATCH' && path.includes('/secrets/') && !path.includes('dryRun') && !isChanged) {
        isChanged = true;
        await api.kube.patch(`/api/v1/namespaces/default/secrets/${name}-ca`, {
          stringData: { theirs: 'x' },
        });
      }
      return undefined;
    };
    const problem = await refused({ ...agentCa, action: 'add', text: renewed.certPem });
    expect(problem.code).toBe('conflict');
    expect(await api.secretData(`${name}-ca`)).toEqual({ 'ca.crt': old.certPem, theirs: 'x' });
  });

  test.each([
    [
      'a Helm release',
      {
        labels: { 'app.kubernetes.io/managed-by': 'Helm' },
        annotations: { 'meta.helm.sh/release-name': 'shop' },
      },
      /Helm release shop/,
    ],
    [
      'Argo CD',
      { annotations: { 'argocd.argoproj.io/tracking-id': 'shop:/Secret:default/NAME' } },
      /the Argo CD Application shop/,
    ],
    [
      'cert-manager',
      { annotations: { 'cert-manager.io/certificate-name': 'agent' } },
      /the cert-manager Certificate agent/,
    ],
    [
      'a controller',
      {
        ownerReferences: [
          {
            apiVersion: 'external-secrets.io/v1',
            kind: 'ExternalSecret',
            name: 'agent',
            uid: '1',
            controller: true,
          },
        ],
      },
      /the ExternalSecret agent/,
    ],
    ['kapp', { labels: { 'kapp.k14s.io/app': '1610567506920108209' } }, /kapp \(label kapp.k14s.io\/app\)/],
  ])('writes a Secret managed by %s only after confirmation', async (_, metadata, expected) => {
    await withAgent(inSecret);
    const own = JSON.parse(JSON.stringify(metadata).replaceAll('NAME', `${name}-ca`)) as object;
    await api.secret(`${name}-ca`, { 'ca.crt': old.certPem }, own);
    const problem = await refused({ ...agentCa, action: 'add', text: renewed.certPem });
    expect(problem).toMatchObject({ status: 409, code: 'managed-elsewhere' });
    expect(problem.detail).toMatch(expected);
    expect(await api.secretData(`${name}-ca`)).toEqual({ 'ca.crt': old.certPem });
    const answer = await post({ ...agentCa, action: 'add', text: renewed.certPem, evenIfManaged: true });
    expect(answer.fingerprints).toHaveLength(2);
  });

  test('rejects an immutable Secret', async () => {
    await withAgent(inSecret);
    await api.kube.post('/api/v1/namespaces/default/secrets', {
      metadata: { name: `${name}-ca` },
      immutable: true,
      stringData: { 'ca.crt': old.certPem },
    });
    expect((await refused({ ...agentCa, action: 'add', text: renewed.certPem })).detail).toContain(
      'is immutable',
    );
  });
});

describe("replacing the agent's CA elsewhere", () => {
  test('extends an inline CA to a bundle in the plane', async () => {
    await withAgent(() => ({ value: old.certPem }));
    const answer = await post({ ...agentCa, action: 'add', text: renewed.certPem });
    expect(answer).toMatchObject({
      written: [{ kind: 'DataPlane' }],
      fingerprints: [fingerprint(old), fingerprint(renewed)],
    });
    const { agent } = (await api.live(plane)).spec as { agent: { clientCA: { value: string } } };
    expect(agent.clientCA.value.match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
    expect(await lastRefresh()).toBe(answer.refreshedAt);
  });

  test.each([
    ['inline', () => ({ value: old.certPem }), /^This plane's CA is in the plane resource.* at once/],
    ['in a Secret', inSecret, /^Open connections stay open/],
  ])('a dry run says when a changed CA %s reaches connected agents', async (_, clientCA, expected) => {
    await withAgent(clientCA as (name: string) => object);
    await api.secret(`${name}-ca`, { 'ca.crt': old.certPem });
    const body = { ...agentCa, text: renewed.certPem, dryRun: true };
    const replaced = (await post({ ...body, action: 'replace' })).warnings as string[];
    expect(replaced.some((warning) => expected.test(warning))).toBe(true);
    const added = (await post({ ...body, action: 'add' })).warnings as string[];
    expect(added.some((warning) => expected.test(warning))).toBe(false);
  });

  test('an edit that drops an inline certificate says so too', async () => {
    await withAgent(() => ({ value: old.certPem }));
    const edit = async (value: string) =>
      (
        await api.done('PATCH', plane, {
          resourceVersion: await api.version(plane),
          changes: { spec: { agent: { clientCA: { value } } } },
          dryRun: true,
        })
      ).warnings as string[];
    const warning = expect.stringMatching(/checks open connections at once/) as string;
    expect(await edit(renewed.certPem)).toContainEqual(warning);
    expect(await edit(`${old.certPem.trimEnd()}\n${renewed.certPem}`)).not.toContainEqual(warning);
  });

  test('requires a place when the plane has no CA', async () => {
    await withAgent(() => ({}));
    expect((await refused({ ...agentCa, action: 'replace', text: old.certPem })).errors?.[0]?.path).toEqual([
      'into',
    ]);
  });

  test('moves an inline CA into a new Secret and removes the value, which would take precedence', async () => {
    await withAgent(() => ({ value: old.certPem }));
    const into = { source: 'new-secret', text: '', namespace: '', name: `${name}-new`, key: 'ca.crt' };
    await post({ ...agentCa, action: 'add', text: renewed.certPem, into });
    expect((await api.secretData(`${name}-new`))?.['ca.crt']?.match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
    expect((await api.live(plane)).spec).toMatchObject({
      agent: { clientCA: { secretRef: { name: `${name}-new`, key: 'ca.crt' } } },
    });
    expect(JSON.stringify(await api.live(plane))).not.toContain('BEGIN CERTIFICATE');
  });

  test('offers a taken Secret instead of replacing it', async () => {
    await withAgent(() => ({ value: old.certPem }));
    await api.secret(`${name}-taken`, { 'ca.crt': 'theirs' });
    const into = { source: 'new-secret', text: '', namespace: '', name: `${name}-taken`, key: 'ca.crt' };
    const problem = await refused({ ...agentCa, action: 'replace', text: renewed.certPem, into });
    expect(problem).toMatchObject({ code: 'already-exists', errors: [{ path: ['into', 'name'] }] });
    expect(await api.secretData(`${name}-taken`)).toEqual({ 'ca.crt': 'theirs' });
  });

  test('refers to an existing Secret after inspecting its certificate', async () => {
    await withAgent(() => ({ value: old.certPem }));
    await api.secret(`${name}-there`, { 'tls.crt': renewed.certPem, 'bad.crt': expired.certPem });
    const into = {
      source: 'existing-secret',
      text: '',
      namespace: '',
      name: `${name}-there`,
      key: 'bad.crt',
    };
    expect((await refused({ ...agentCa, action: 'replace', into })).detail).toMatch(/It expired on/);
    const answer = await post({ ...agentCa, action: 'replace', into: { ...into, key: 'tls.crt' } });
    expect(answer.fingerprints).toEqual([fingerprint(renewed)]);
    expect((await api.live(plane)).spec).toMatchObject({
      agent: { clientCA: { secretRef: { name: `${name}-there`, key: 'tls.crt' } } },
    });
  });

  test('removes the new Secret when the write to the plane is rejected', async () => {
    await withAgent(() => ({ value: old.certPem }));
    let patches = 0;
    api.proxy.rule = (path, method) => {
      if (method !== 'PATCH' || !path.includes('/dataplanes/') || path.includes('dryRun')) return undefined;
      patches += 1;
      // The first patch announces the replacement, the second would switch the reference.
      return patches === 2 ? { status: 403 } : undefined;
    };
    const into = { source: 'new-secret', text: '', namespace: '', name: `${name}-new`, key: 'ca.crt' };
    const problem = await refused({ ...agentCa, action: 'replace', text: renewed.certPem, into });
    expect(problem.code).toBe('forbidden');
    expect(problem.detail).toContain(
      `The change to the Secret ${name}-new in the namespace default was undone.`,
    );
    expect(await api.secretData(`${name}-new`)).toBeUndefined();
    expect((await api.live(plane)).metadata.annotations ?? {}).toEqual({});
  });

  test('keeps the new certificate and warns when only the refresh is rejected', async () => {
    await withAgent(inSecret);
    await api.secret(`${name}-ca`, { 'ca.crt': old.certPem });
    api.proxy.rule = (path, method) =>
      method === 'PATCH' && path.includes('/dataplanes/') ? { status: 403 } : undefined;
    const answer = await post({ ...agentCa, action: 'replace', text: authority.certPem });
    expect(answer).toMatchObject({ refreshedAt: null, written: [{ kind: 'Secret' }] });
    expect(JSON.stringify(answer.warnings)).toContain(
      `Refreshing the data plane ${name} in the namespace default failed.`,
    );
    expect((await api.secretData(`${name}-ca`))?.['ca.crt']).toContain('BEGIN CERTIFICATE');
  });
});

describe('replacing credentials for direct access', () => {
  const SLOT = 'kubernetesCluster.auth';
  let first: KeyPairPem;
  let second: KeyPairPem;
  beforeAll(async () => {
    first = await authority.client('planes', [], { days: 100 });
    second = await authority.client('planes', [], { days: 200 });
  });

  async function withCluster(auth: object): Promise<void> {
    names += 1;
    name = `plane-${names}`;
    plane = `dataplanes/default/${name}`;
    const kubernetesCluster = {
      server: 'https://192.0.2.1:6443',
      tls: { ca: { value: authority.certPem } },
      auth: JSON.parse(JSON.stringify(auth).replaceAll('NAME', name)) as object,
    };
    await api.create(plane, { gateway: GATEWAY, kubernetesCluster });
  }
  const mtls = (certificate: string, key: string) => ({
    mtls: {
      clientCert: { secretRef: { name: certificate, key: 'tls.crt' } },
      clientKey: { secretRef: { name: key, key: 'tls.key' } },
    },
  });

  test('replaces a client certificate and its key together, in one write of their Secret', async () => {
    await withCluster(mtls('NAME-access', 'NAME-access'));
    await api.secret(`${name}-access`, { 'tls.crt': first.certPem, 'tls.key': first.keyPem });
    const alone = await refused({ slot: `${SLOT}.mtls.clientCert`, action: 'replace', text: second.certPem });
    expect(alone.detail).toMatch(
      /doesn't match this certificate.*Replace the private key together with the certificate/,
    );
    const answer = await post({
      slot: `${SLOT}.mtls.clientCert`,
      action: 'replace',
      text: second.certPem,
      key: { text: second.keyPem },
    });
    expect(answer.fingerprints).toEqual([fingerprint(second)]);
    const data = await api.secretData(`${name}-access`);
    expect(data?.['tls.key']?.trim()).toBe(second.keyPem.trim());
    expect(
      api
        .audits()
        .filter(({ object, verb }) => verb === 'patch' && JSON.stringify(object).includes(`${name}-access`)),
    ).toHaveLength(1);
  });

  test('restores the first of two Secrets when the second is rejected', async () => {
    await withCluster(mtls('NAME-cert', 'NAME-key'));
    await api.secret(`${name}-cert`, { 'tls.crt': first.certPem });
    await api.secret(`${name}-key`, { 'tls.key': first.keyPem });
    api.proxy.rule = (path, method) =>
      method === 'PATCH' && path.includes(`${name}-cert`) && !path.includes('dryRun')
        ? { status: 403 }
        : undefined;
    const problem = await refused({
      slot: `${SLOT}.mtls.clientCert`,
      action: 'replace',
      text: second.certPem,
      key: { text: second.keyPem },
    });
    expect(problem.detail).toContain(
      `The change to the Secret ${name}-key in the namespace default was undone.`,
    );
    expect(await api.secretData(`${name}-key`)).toEqual({ 'tls.key': first.keyPem });
  });

  test('accepts a key alone only if it matches the stored certificate', async () => {
    await withCluster(mtls('NAME-access', 'NAME-access'));
    await api.secret(`${name}-access`, { 'tls.crt': first.certPem, 'tls.key': 'lost' });
    const body = { slot: `${SLOT}.mtls.clientKey`, action: 'replace' };
    expect((await refused({ ...body, text: second.keyPem })).errors?.[0]?.path).toEqual(['text']);
    await post({ ...body, text: first.keyPem });
    expect((await api.secretData(`${name}-access`))?.['tls.key']?.trim()).toBe(first.keyPem.trim());
  });

  test('replaces a bearer token where it is stored, inline or in a Secret', async () => {
    await withCluster({ bearerToken: { value: 'canary-old-token-0123456789' } });
    const body = { slot: `${SLOT}.bearerToken`, action: 'replace', text: ` ${TOKEN}\n` };
    const { writes } = await post({ ...body, dryRun: true });
    await api.kube.patch(`/apis/openchoreo.dev/v1alpha1/namespaces/default/dataplanes/${name}`, {
      spec: { kubernetesCluster: { auth: { bearerToken: { value: 'canary-other-token-0123456789' } } } },
    });
    expect(await refused({ ...body, reviewed: writes })).toMatchObject({ code: 'conflict' });
    await post(body);
    expect(JSON.stringify((await api.live(plane)).spec)).toContain(TOKEN);
    await withCluster({ bearerToken: { secretRef: { name: 'NAME-token', key: 'token' } } });
    await api.secret(`${name}-token`, { token: 'canary-old-token-0123456789' });
    const answer = await post(body);
    expect(answer).toMatchObject({ fingerprints: [] });
    expect(answer).not.toHaveProperty('stands');
    expect(answer).not.toHaveProperty('isSame');
    expect(await api.secretData(`${name}-token`)).toEqual({
      token: TOKEN,
      'token.old': 'canary-old-token-0123456789',
    });
    expect(await post({ ...body, dryRun: true })).toMatchObject({
      writes: [],
      warnings: ['This bearer token is already stored.'],
    });
    expect(await post(body)).toMatchObject({ isSame: true, written: [{ kind: 'DataPlane' }] });
    expect((await refused({ ...body, action: 'add' })).errors?.[0]?.path).toEqual(['action']);
    expect((await refused({ ...body, text: 'Bearer x' })).detail).toContain('without "Bearer"');
  });

  test("rejects a credential of a part that the plane doesn't have", async () => {
    await withCluster({ bearerToken: { value: TOKEN } });
    expect((await refused({ ...agentCa, action: 'replace', text: old.certPem })).errors?.[0]?.path).toEqual([
      'slot',
    ]);
    expect((await refused({ slot: 'constructor', action: 'replace', text: 'x' })).errors?.[0]?.path).toEqual([
      'slot',
    ]);
  });
});

test('never puts a key, token or password into an answer or a log line', () => {
  const everything = api.everything();
  const keys = [old, renewed, expired].map(({ keyPem }) => keyPem.split('\n')[1] ?? '');
  for (const secret of ['canary', TOKEN, Buffer.from(TOKEN).toString('base64'), ...keys]) {
    expect(secret.length).toBeGreaterThan(5);
    expect(everything).not.toContain(secret);
  }
});
