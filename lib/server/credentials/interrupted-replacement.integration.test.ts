import { X509Certificate } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { CertificateAuthority, type KeyPairPem } from '@/demo/pki/certificate-authority';
import { replacementsAnswerSchema, type SlotState } from '@/lib/api/replacements';
import { PlaneWrites } from '@/testing/server/plane-writes';

const GATEWAY = { publicVirtualHost: 'a.example.com', organizationVirtualHost: 'b.example.com' };
const CERT = 'kubernetesCluster.auth.mtls.clientCert';
const OWNED = { labels: { 'app.kubernetes.io/managed-by': 'planeboard' } };

let api: PlaneWrites;
let authority: CertificateAuthority;
let first: KeyPairPem;
let second: KeyPairPem;
let name = '';
let plane = '';
let names = 0;

beforeAll(async () => {
  api = await PlaneWrites.start('0.7');
  authority = await CertificateAuthority.create('company', { days: 400 });
  first = await authority.client('planes', [], { days: 100 });
  second = await authority.client('planes', [], { days: 200 });
});
afterAll(() => api?.stop());
beforeEach(() => {
  names += 1;
  name = `pair-${names}`;
  plane = `dataplanes/default/${name}`;
});
afterEach(() => {
  api.proxy.rule = undefined;
});

const reference = (secret: string, key: string) => ({ secretRef: { name: secret, key } });

/** Creates a plane whose CA, client certificate and key are in the named Secrets. */
async function withPair(secrets: { ca: string; cert: string; key: string }): Promise<void> {
  await api.create(plane, {
    gateway: GATEWAY,
    kubernetesCluster: {
      server: 'https://192.0.2.1:6443',
      tls: { ca: reference(secrets.ca, 'ca.crt') },
      auth: {
        mtls: {
          clientCert: reference(secrets.cert, 'tls.crt'),
          clientKey: reference(secrets.key, 'tls.key'),
        },
      },
    },
  });
}

async function inOneSecret(metadata: object = {}): Promise<void> {
  await withPair({ ca: `${name}-access`, cert: `${name}-access`, key: `${name}-access` });
  const data = { 'ca.crt': authority.certPem, 'tls.crt': first.certPem, 'tls.key': first.keyPem };
  await api.secret(`${name}-access`, data, metadata);
}

async function inTwoSecrets(): Promise<void> {
  await withPair({ ca: `${name}-cert`, cert: `${name}-cert`, key: `${name}-key` });
  await api.secret(`${name}-cert`, { 'ca.crt': authority.certPem, 'tls.crt': first.certPem });
  await api.secret(`${name}-key`, { 'tls.key': first.keyPem });
}

const replacePair = (write: 'new-secret' | 'in-place', more: object = {}) => ({
  slot: CERT,
  action: 'replace',
  text: second.certPem,
  key: { text: second.keyPem },
  write,
  ...more,
});

/** Fails the nth write that matches, as if the server had been killed: nothing is undone. */
function interrupt(method: string, part: string, how: 'cut' | 'lose-answer', nth = 1): void {
  let seen = 0;
  api.proxy.rule = (path, used) => {
    if (used !== method || !path.includes(part) || path.includes('dryRun')) return undefined;
    seen += 1;
    return seen === nth ? how : undefined;
  };
}

async function interrupted(body: object): Promise<void> {
  expect((await api.refused('POST', `${plane}/credentials`, body)).detail).toContain('Outcome unknown');
  api.proxy.rule = undefined;
}

/** Returns the pair that the plane refers to, as its control plane reads it. */
async function pairOf(): Promise<{ cert: string; key: string }> {
  const { kubernetesCluster } = (await api.live(plane)).spec as {
    kubernetesCluster: {
      auth: { mtls: Record<'clientCert' | 'clientKey', { secretRef: { name: string; key: string } }> };
    };
  };
  const { clientCert, clientKey } = kubernetesCluster.auth.mtls;
  const read = async ({ secretRef }: typeof clientCert) =>
    (await api.secretData(secretRef.name))?.[secretRef.key] ?? '';
  return { cert: await read(clientCert), key: await read(clientKey) };
}

async function expectPair({ certPem, keyPem }: KeyPairPem): Promise<void> {
  const { cert, key } = await pairOf();
  expect([cert.trim(), key.trim()]).toEqual([certPem.trim(), keyPem.trim()]);
}

async function state(slot = CERT): Promise<SlotState | undefined> {
  const { slots } = replacementsAnswerSchema.parse(await api.read(`${plane}/replacements`));
  return slots.find((one) => one.slot === slot);
}

const settle = (action: string) => api.done('POST', `${plane}/replacements`, { slot: CERT, action });
const annotations = async () => (await api.live(plane)).metadata.annotations ?? {};
const unfinishedText = async () => (await annotations())['planeboard.openchoreo.dev/replacing'];

/** Answers one write in the API server's place, which doesn't get it. */
function answerInstead(method: string, part: string, answer: () => Promise<unknown>, nth = 1): void {
  let seen = 0;
  api.proxy.rule = async (path, used) => {
    if (used !== method || !path.includes(part) || path.includes('dryRun')) return undefined;
    seen += 1;
    return seen === nth ? { status: 200, body: JSON.stringify(await answer()) } : undefined;
  };
}
const storedSecret = (of: string) => api.kube.get(`/api/v1/namespaces/default/secrets/${of}`);

describe('an answer that proves no write', () => {
  test('of a new Secret leaves the plane with the old one', async () => {
    await inOneSecret();
    answerInstead('POST', '/secrets?', () => storedSecret(`${name}-access`));
    await interrupted(replacePair('new-secret'));
    await expectPair(first);
    expect(await api.secretData(`${name}-access-2`)).toBeUndefined();
  });

  test('of a switch leaves it unfinished, and it can be finished', async () => {
    await inOneSecret();
    answerInstead('PATCH', `/dataplanes/${name}`, () => api.live(plane), 2);
    await interrupted(replacePair('new-secret'));
    await expectPair(first);
    await settle('finish');
    await expectPair(second);
  });

  test('of a changed Secret leaves the old values, and says so', async () => {
    await inOneSecret();
    answerInstead('PATCH', `/secrets/${name}-access`, () => storedSecret(`${name}-access`));
    await interrupted(replacePair('in-place'));
    await expectPair(first);
  });
});

describe('a pair in a new Secret', () => {
  test('switches all references of the plane in one patch, and keeps the old Secret', async () => {
    await inOneSecret();
    const before = await api.secretData(`${name}-access`);
    const checked = await api.done(
      'POST',
      `${plane}/credentials`,
      replacePair('new-secret', { dryRun: true }),
    );
    const switched = [{ namespace: 'default', from: `${name}-access`, to: `${name}-access-2` }];
    expect(checked).toMatchObject({ switched });
    expect(await api.secretData(`${name}-access-2`)).toBeUndefined();

    const answer = await api.done('POST', `${plane}/credentials`, replacePair('new-secret'));
    expect(answer).toMatchObject({ switched });
    await expectPair(second);
    expect(await api.secretData(`${name}-access`)).toEqual(before);
    // What else the plane uses of the Secret is copied, so that nothing refers to the old one.
    expect((await api.secretData(`${name}-access-2`))?.['ca.crt']).toBe(authority.certPem);
    expect(JSON.stringify((await api.live(plane)).spec)).not.toContain(`"${name}-access"`);
    const created = await api.kube.get(`/api/v1/namespaces/default/secrets/${name}-access-2`);
    expect(created.metadata).toMatchObject({
      labels: { 'app.kubernetes.io/managed-by': 'planeboard' },
      annotations: { 'planeboard.openchoreo.dev/plane': plane },
    });
    expect(await unfinishedText()).toBeUndefined();
    expect((await state())?.finished).toMatchObject({
      restorable: true,
      oldSecrets: [{ name: `${name}-access` }],
    });
  });

  test('can be restored, which deletes the new Secret', async () => {
    await inOneSecret();
    await api.done('POST', `${plane}/credentials`, replacePair('new-secret'));
    await settle('restore');
    await expectPair(first);
    expect(await api.secretData(`${name}-access-2`)).toBeUndefined();
    expect(await state()).toMatchObject({ unfinished: null, finished: null });
  });

  test('is confirmed by deleting the old Secret, if Planeboard created it for this plane', async () => {
    await inOneSecret({ ...OWNED, annotations: { 'planeboard.openchoreo.dev/plane': plane } });
    await api.done('POST', `${plane}/credentials`, replacePair('new-secret'));
    expect((await state())?.finished?.oldSecrets[0]?.keep).toBeNull();
    await settle('delete-old');
    await expectPair(second);
    expect(await api.secretData(`${name}-access`)).toBeUndefined();
    expect((await state())?.finished).toBeNull();
  });

  test.each([
    ['someone else created', {}, /isn't marked as created by Planeboard/],
    [
      'Planeboard created for another plane',
      'dataplanes/default/another',
      /isn't marked as created by Planeboard/,
    ],
    ['another plane uses', 'own', /is used by the data plane/],
  ])('never deletes an old Secret that %s', async (_, of, expected) => {
    const metadata =
      typeof of === 'object'
        ? of
        : { ...OWNED, annotations: { 'planeboard.openchoreo.dev/plane': of === 'own' ? plane : of } };
    await inOneSecret(metadata);
    if (of === 'own')
      await api.create(`dataplanes/default/${name}-other`, {
        gateway: GATEWAY,
        agent: { enabled: true, clientCA: reference(`${name}-access`, 'ca.crt') },
      });
    await api.done('POST', `${plane}/credentials`, replacePair('new-secret'));
    expect((await state())?.finished?.oldSecrets[0]?.keep).toMatch(expected);
    expect(JSON.stringify((await settle('delete-old')).done)).toMatch(expected);
    expect(await api.secretData(`${name}-access`)).toBeDefined();
    await expectPair(second);
  });

  test('is deleted with its plane, and so is the old Secret that Planeboard created', async () => {
    await inOneSecret({ ...OWNED, annotations: { 'planeboard.openchoreo.dev/plane': plane } });
    await api.done('POST', `${plane}/credentials`, replacePair('new-secret'));
    const { uid } = (await api.live(plane)).metadata;
    const answer = await api.done('DELETE', plane, { confirm: name, uid, deleteSecret: true });
    expect(answer).toMatchObject({ outcome: 'gone', secret: 'deleted' });
    expect(await api.secretData(`${name}-access`)).toBeUndefined();
    expect(await api.secretData(`${name}-access-2`)).toBeUndefined();
  });

  test('is no longer offered to be undone when someone has changed the reference since', async () => {
    await inOneSecret();
    await api.done('POST', `${plane}/credentials`, replacePair('new-secret'));
    await api.kube.patch(`/apis/openchoreo.dev/v1alpha1/namespaces/default/dataplanes/${name}`, {
      spec: { kubernetesCluster: { auth: { mtls: { clientCert: reference(`${name}-access`, 'tls.crt') } } } },
    });
    expect((await state())?.finished).toBeNull();
    const problem = await api.refused('POST', `${plane}/replacements`, { slot: CERT, action: 'restore' });
    expect(problem.detail).toContain(`no longer refers to Secret ${name}-access-2`);
  });

  test('replaced again says that the Secret from before stays', async () => {
    await inOneSecret();
    await api.done('POST', `${plane}/credentials`, replacePair('new-secret'));
    const again = await api.done('POST', `${plane}/credentials`, {
      ...replacePair('new-secret'),
      text: first.certPem,
      key: { text: first.keyPem },
    });
    expect(again.warnings).toContain(
      `Secret default/${name}-access, which the last replacement kept, stays. After this one, you can't restore or delete it here.`,
    );
    await expectPair(first);
    expect(await api.secretData(`${name}-access-3`)).toBeDefined();
  });

  test('interrupted before the switch leaves the old pair in use, and can be finished or undone', async () => {
    for (const action of ['finish', 'restore'] as const) {
      name = `${name}-${action}`;
      plane = `dataplanes/default/${name}`;
      await inOneSecret();
      interrupt('PATCH', '/dataplanes/', 'cut', 2);
      await interrupted(replacePair('new-secret'));
      await expectPair(first);
      expect((await state())?.unfinished).toMatchObject({
        action: 'replace',
        before: [new X509Certificate(first.certPem).fingerprint256],
        after: [new X509Certificate(second.certPem).fingerprint256],
        written: [{ name: `${name}-access-2` }],
        missing: [],
      });
      await settle(action);
      await expectPair(action === 'finish' ? second : first);
      expect(await unfinishedText()).toBeUndefined();
      expect((await api.secretData(`${name}-access-2`)) === undefined).toBe(action === 'restore');
    }
  });

  test('interrupted before the new Secret exists can only be undone or entered again', async () => {
    await inOneSecret();
    interrupt('POST', '/secrets', 'cut');
    await interrupted(replacePair('new-secret'));
    await expectPair(first);
    expect((await state())?.unfinished).toMatchObject({
      written: [],
      missing: [{ name: `${name}-access-2` }],
    });
    const problem = await api.refused('POST', `${plane}/replacements`, { slot: CERT, action: 'finish' });
    expect(problem).toMatchObject({ code: 'conflict' });
    expect(problem.detail).toContain(
      "wasn't written. Enter the new credential again, or restore the old one.",
    );
    await api.done('POST', `${plane}/credentials`, replacePair('new-secret'));
    await expectPair(second);
    expect(await unfinishedText()).toBeUndefined();
  });

  test('uses the Secret that an interrupted attempt left behind', async () => {
    await inOneSecret();
    interrupt('PATCH', '/dataplanes/', 'cut', 2);
    await interrupted(replacePair('new-secret'));
    const answer = await api.done('POST', `${plane}/credentials`, replacePair('new-secret'));
    expect(answer).toMatchObject({ switched: [{ to: `${name}-access-2` }] });
    await expectPair(second);
    expect(await api.secretData(`${name}-access-3`)).toBeUndefined();
  });

  test('skips names that are taken', async () => {
    await inOneSecret();
    await api.secret(`${name}-access-2`, { theirs: 'x' });
    await api.done('POST', `${plane}/credentials`, replacePair('new-secret'));
    expect(await api.secretData(`${name}-access-2`)).toEqual({ theirs: 'x' });
    expect((await api.secretData(`${name}-access-3`))?.['tls.key']?.trim()).toBe(second.keyPem.trim());
    await expectPair(second);
  });
});

describe('a pair in two Secrets, changed in place', () => {
  test('interrupted between them keeps the old key, says so, and restores the old pair', async () => {
    await inTwoSecrets();
    interrupt('PATCH', `/secrets/${name}-cert`, 'cut');
    await interrupted(replacePair('in-place'));
    expect((await api.secretData(`${name}-key`))?.['tls.key.old']).toBe(first.keyPem);
    expect((await state())?.unfinished).toMatchObject({
      written: [{ name: `${name}-key` }],
      missing: [{ name: `${name}-cert` }],
    });
    await settle('restore');
    await expectPair(first);
    expect(await api.secretData(`${name}-key`)).toEqual({ 'tls.key': first.keyPem });
    expect(await unfinishedText()).toBeUndefined();
  });

  test('entered again after an interruption, still keeps the pair from before it', async () => {
    await inTwoSecrets();
    interrupt('PATCH', `/secrets/${name}-cert`, 'cut');
    await interrupted(replacePair('in-place'));
    await api.done('POST', `${plane}/credentials`, replacePair('in-place'));
    await expectPair(second);
    await settle('restore');
    await expectPair(first);
  });

  test('whose answer is lost can be finished without entering it again', async () => {
    await inTwoSecrets();
    interrupt('PATCH', `/secrets/${name}-cert`, 'lose-answer');
    await interrupted(replacePair('in-place'));
    expect((await state())?.unfinished).toMatchObject({ missing: [] });
    await settle('finish');
    await expectPair(second);
    await settle('delete-old');
    expect(Object.keys((await api.secretData(`${name}-key`)) ?? {})).toEqual(['tls.key']);
    await expectPair(second);
  });

  test('is restored completely, even if that is interrupted too', async () => {
    await inTwoSecrets();
    await api.done('POST', `${plane}/credentials`, replacePair('in-place'));
    interrupt('PATCH', `/secrets/${name}-cert`, 'cut');
    await api.refused('POST', `${plane}/replacements`, { slot: CERT, action: 'restore' });
    api.proxy.rule = undefined;
    expect((await state())?.unfinished).not.toBeNull();
    await settle('restore');
    await expectPair(first);
    expect(await unfinishedText()).toBeUndefined();
  });

  test('interrupted before the first write changes nothing and is simply dropped', async () => {
    await inTwoSecrets();
    interrupt('PATCH', `/secrets/${name}-key`, 'cut');
    await interrupted(replacePair('in-place'));
    await expectPair(first);
    await settle('restore');
    expect(await api.secretData(`${name}-key`)).toEqual({ 'tls.key': first.keyPem });
    expect(await unfinishedText()).toBeUndefined();
  });

  test("is rejected if the plane can't remember it, before anything is written", async () => {
    await inTwoSecrets();
    api.proxy.rule = (path, method) =>
      method === 'PATCH' && path.includes('/dataplanes/') ? { status: 403 } : undefined;
    expect((await api.refused('POST', `${plane}/credentials`, replacePair('in-place'))).code).toBe(
      'forbidden',
    );
    await expectPair(first);
    expect(await api.secretData(`${name}-key`)).toEqual({ 'tls.key': first.keyPem });
  });
});

describe('two replacements of the same credential at once', () => {
  const inProgress = (problem: { detail?: string | undefined }) =>
    expect(problem.detail).toContain('is replacing this credential now. Nothing was written.');

  test('the second one is rejected while this server writes the first', async () => {
    await inTwoSecrets();
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      api.proxy.rule = (path, method) => {
        if (method !== 'PATCH' || !path.includes(`/secrets/${name}-cert`) || path.includes('dryRun'))
          return undefined;
        resolve();
        return new Promise((done) => {
          release = () => done(undefined);
        });
      };
    });
    const writing = api.done('POST', `${plane}/credentials`, replacePair('in-place'));
    await held;
    inProgress(await api.refused('POST', `${plane}/credentials`, replacePair('in-place')));
    inProgress(await api.refused('POST', `${plane}/replacements`, { slot: CERT, action: 'restore' }));
    release();
    await writing;
    await expectPair(second);
  });

  test("the second one is rejected while another user's is new enough to be in progress", async () => {
    await inTwoSecrets();
    interrupt('PATCH', `/secrets/${name}-cert`, 'cut');
    await interrupted(replacePair('in-place'));
    const path = `/apis/openchoreo.dev/v1alpha1/namespaces/default/dataplanes/${name}`;
    const key = 'planeboard.openchoreo.dev/replacing';
    const mine = await unfinishedText();
    const theirs = (at: string) =>
      JSON.stringify({ [CERT]: { ...JSON.parse(mine ?? '')[CERT], by: 'someone', at } });
    await api.kube.patch(path, { metadata: { annotations: { [key]: theirs(new Date().toISOString()) } } });
    inProgress(await api.refused('POST', `${plane}/credentials`, replacePair('in-place')));
    const old = new Date(Date.now() - 60_000).toISOString();
    await api.kube.patch(path, { metadata: { annotations: { [key]: theirs(old) } } });
    await api.done('POST', `${plane}/credentials`, replacePair('in-place'));
    await expectPair(second);
  });
});

test('an inline value that moves to a new Secret stays in use after an interruption', async () => {
  const token = 'canary-token-0123456789';
  const slot = 'kubernetesCluster.auth.bearerToken';
  await api.create(plane, {
    gateway: GATEWAY,
    kubernetesCluster: {
      server: 'https://192.0.2.1:6443',
      tls: { ca: { value: authority.certPem } },
      auth: { bearerToken: { value: token } },
    },
  });
  const into = { source: 'new-secret', text: '', namespace: '', name: `${name}-moved`, key: 'token' };
  interrupt('PATCH', '/dataplanes/', 'cut', 2);
  await interrupted({ slot, action: 'replace', text: `${token}-new`, into });
  expect(JSON.stringify((await api.live(plane)).spec)).toContain(`"${token}"`);
  expect((await state(slot))?.unfinished).toMatchObject({ missing: [], finishable: false });
  const problem = await api.refused('POST', `${plane}/replacements`, { slot, action: 'finish' });
  expect(problem.detail).toContain("doesn't refer to the Secret");
  await api.done('POST', `${plane}/replacements`, { slot, action: 'restore' });
  expect(await api.secretData(`${name}-moved`)).toBeUndefined();
  expect(JSON.stringify((await api.live(plane)).spec)).toContain(`"${token}"`);
  expect(await unfinishedText()).toBeUndefined();
});

describe('managed objects', () => {
  test('references of a managed plane are switched and restored only after confirmation', async () => {
    await inOneSecret();
    await api.kube.patch(`/apis/openchoreo.dev/v1alpha1/namespaces/default/dataplanes/${name}`, {
      metadata: {
        labels: { 'app.kubernetes.io/managed-by': 'Helm' },
        annotations: { 'meta.helm.sh/release-name': 'shop' },
      },
    });
    const problem = await api.refused('POST', `${plane}/credentials`, replacePair('new-secret'));
    expect(problem.code).toBe('managed-elsewhere');
    expect(await api.secretData(`${name}-access-2`)).toBeUndefined();
    await api.done('POST', `${plane}/credentials`, replacePair('new-secret', { evenIfManaged: true }));
    const body = { slot: CERT, action: 'restore' };
    expect((await api.refused('POST', `${plane}/replacements`, body)).code).toBe('managed-elsewhere');
    await expectPair(second);
    await api.done('POST', `${plane}/replacements`, { ...body, evenIfManaged: true });
    await expectPair(first);
  });
});

test('a record that someone else wrote restores and deletes nothing of theirs', async () => {
  await inOneSecret();
  await api.secret(`${name}-victim`, { 'tls.key': 'theirs', 'tls.key.old': 'older' });
  const record = {
    id: 'forged',
    action: 'replace',
    by: null,
    at: '2026-03-10T12:00:00Z',
    places: [{ slot: CERT, namespace: 'default', name: `${name}-victim`, key: 'tls.key' }],
    before: [],
    after: [],
  };
  for (const kind of ['replacing', 'replaced']) {
    await api.kube.patch(`/apis/openchoreo.dev/v1alpha1/namespaces/default/dataplanes/${name}`, {
      metadata: {
        annotations: { [`planeboard.openchoreo.dev/${kind}`]: JSON.stringify({ [CERT]: record }) },
      },
    });
    await api.send('POST', `${plane}/replacements`, { slot: CERT, action: 'restore' });
    await api.send('POST', `${plane}/replacements`, { slot: CERT, action: 'delete-old' });
    expect(await api.secretData(`${name}-victim`)).toEqual({ 'tls.key': 'theirs', 'tls.key.old': 'older' });
  }
  expect(
    (await api.refused('POST', `${plane}/replacements`, { slot: 'other', action: 'finish' })).detail,
  ).toContain("doesn't have this replacement any more");
});

test('no annotation, answer or log line contains a private key', async () => {
  const keys = [first, second].map(({ keyPem }) => keyPem.split('\n')[1] ?? '');
  const { items } = await api.kube.get<{ items: { metadata: object }[] }>(
    '/apis/openchoreo.dev/v1alpha1/dataplanes',
  );
  const everything = api.everything() + JSON.stringify(items.map(({ metadata }) => metadata));
  expect(everything).not.toContain('canary');
  for (const key of keys) {
    expect(key.length).toBeGreaterThan(20);
    expect(everything).not.toContain(key);
    expect(everything).not.toContain(Buffer.from(key).toString('base64').slice(0, 40));
  }
});
