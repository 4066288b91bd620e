import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type KeyPairPem, selfSignedAgent } from '@/demo/pki/certificate-authority';
import { replacementsAnswerSchema } from '@/lib/api/replacements';
import { paced } from '@/lib/plane/time/pace';
import { PlaneWrites } from '@/testing/server/plane-writes';

const GATEWAY = { publicVirtualHost: 'a.example.com', organizationVirtualHost: 'b.example.com' };
const KUBECONFIG = 'apiVersion: v1\nkind: Config\nclusters: []\ncontexts: []\nusers: []\n';

let api: PlaneWrites;
let old: KeyPairPem;
let renewed: KeyPairPem;
let name = '';
let plane = '';
let names = 0;

beforeAll(async () => {
  api = await PlaneWrites.start('0.7');
  old = await selfSignedAgent('agent', { days: 80 });
  renewed = await selfSignedAgent('agent', { days: 90 });
});
afterAll(() => api?.stop());
beforeEach(() => {
  names += 1;
  name = `sharing-${names}`;
  plane = `dataplanes/default/${name}`;
});

const reference = (key = 'ca.crt') => ({ secretRef: { name: `${name}-ca`, key } });
const add = () => ({ slot: 'agent.clientCA', action: 'add', text: renewed.certPem, dryRun: true });

async function withAgent(of: string, more: object = {}, key?: string): Promise<void> {
  const spec = { gateway: GATEWAY, agent: { enabled: true, clientCA: reference(key) }, ...more };
  await api.create(`dataplanes/default/${of}`, spec);
}

/** Waits until the server has seen a plane: its watch reports it a moment after its creation. */
async function seen(of: string): Promise<void> {
  while (![...api.runtime.engine.planes()].some((one) => one.name === of))
    await new Promise((resolve) => setTimeout(resolve, paced(500)));
}

const warningsOf = async (body: object) =>
  (await api.done('POST', `${plane}/credentials`, body)).warnings as string[];

test('a dry run names every other plane that uses the Secret, and what it uses', async () => {
  await withAgent(name);
  await withAgent(`${name}-same`);
  await withAgent(`${name}-other-key`, {}, 'other.crt');
  await api.create(`buildplanes/default/${name}-build`, {
    kubernetesCluster: {
      server: 'https://192.0.2.1:6443',
      tls: { ca: reference() },
      auth: { bearerToken: { value: 'canary-token-0123456789' } },
    },
  });
  await api.secret(`${name}-ca`, { 'ca.crt': old.certPem });
  for (const of of [`${name}-same`, `${name}-other-key`, `${name}-build`]) await seen(of);
  const warnings = (await warningsOf(add())).join('\n');
  expect(warnings).toContain(`Secret default/${name}-ca is also used by`);
  expect(warnings).toContain(`the data plane ${name}-same in the namespace default (agent CA)`);
  expect(warnings).toContain(`the build plane ${name}-build in the namespace default (API server CA)`);
  expect(warnings).toContain(
    `Other keys of Secret default/${name}-ca are used by the data plane ${name}-other-key in the namespace default.`,
  );
  expect(warnings).not.toContain("Planes that you can't see");
  const { slots } = replacementsAnswerSchema.parse(await api.read(`${plane}/replacements`));
  expect(slots[0]?.sharing?.users).toHaveLength(3);
});

test('a dry run names another credential of the same plane with the same key', async () => {
  await withAgent(name, {
    kubernetesCluster: {
      server: 'https://192.0.2.1:6443',
      tls: { ca: reference() },
      auth: { bearerToken: { value: 'canary-token-0123456789' } },
    },
  });
  await api.secret(`${name}-ca`, { 'ca.crt': old.certPem });
  expect((await warningsOf(add())).join('\n')).toContain(
    `This plane's API server CA uses key ca.crt of Secret default/${name}-ca too, and changes with it.`,
  );
});

test('says that others may use the Secret while not all planes are known', async () => {
  await withAgent(name);
  await api.secret(`${name}-ca`, { 'ca.crt': old.certPem });
  const { sources } = api.runtime.engine;
  const isListed = sources.isListed.bind(sources);
  sources.isListed = (scope) => scope.plural !== 'buildplanes' && isListed(scope);
  try {
    expect((await warningsOf(add())).join('\n')).toContain(
      `Planes that you can't see may use Secret default/${name}-ca too.`,
    );
  } finally {
    sources.isListed = isListed;
  }
});

test.each([
  ['a kubeconfig', () => KUBECONFIG, 'a kubeconfig'],
  ['a private key', () => old.keyPem, 'a private key'],
  ['a token', () => 'canary-eyJhbGciOiJIUzI1NiJ9.e30.x', 'a token or another text without certificates'],
])('adds no certificate to %s, and names it before overwriting it', async (_, stored, expected) => {
  await withAgent(name);
  await api.secret(`${name}-ca`, { 'ca.crt': stored() });
  const problem = await api.refused('POST', `${plane}/credentials`, { ...add(), dryRun: false });
  expect(problem.detail).toContain(
    `The stored value is ${expected}, so no certificate can be added or removed.`,
  );
  expect(await api.secretData(`${name}-ca`)).toEqual({ 'ca.crt': stored() });
  expect(await warningsOf({ ...add(), action: 'replace' })).toContain(
    `The stored value is ${expected}. This change overwrites it.`,
  );
});

test('names what else a replaced value holds', async () => {
  await withAgent(name);
  await api.secret(`${name}-ca`, {
    'ca.crt': `# from the old cluster\n${old.certPem.trimEnd()}\n${old.keyPem}`,
  });
  expect(await warningsOf({ ...add(), action: 'replace' })).toContainEqual(
    expect.stringMatching(/^This also removes what else is stored there: .*private key/),
  );
});

test('names what else the replaced value of a client certificate holds, unless a new Secret leaves it', async () => {
  const pair = await selfSignedAgent('client', { days: 80 });
  const next = await selfSignedAgent('client', { days: 90 });
  const at = (key: string) => ({ secretRef: { name: `${name}-access`, key } });
  await api.create(plane, {
    gateway: GATEWAY,
    kubernetesCluster: {
      server: 'https://192.0.2.1:6443',
      tls: { ca: at('ca.crt') },
      auth: { mtls: { clientCert: at('tls.crt'), clientKey: at('tls.key') } },
    },
  });
  const certificate = `${pair.certPem.trimEnd()}\n${pair.keyPem}`;
  await api.secret(`${name}-access`, {
    'ca.crt': old.certPem,
    'tls.crt': certificate,
    'tls.key': pair.keyPem,
  });
  const change = {
    slot: 'kubernetesCluster.auth.mtls.clientCert',
    action: 'replace',
    text: next.certPem,
    key: { text: next.keyPem },
    dryRun: true,
  };
  const expected = 'The stored value also contains a private key. This change removes it.';
  expect(await warningsOf({ ...change, write: 'in-place' })).toContain(expected);
  expect(await warningsOf({ ...change, write: 'new-secret' })).not.toContain(expected);
});

test('never puts a token or key into an answer or a log line', () => {
  const everything = api.everything();
  for (const secret of ['canary', old.keyPem.split('\n')[1] ?? '']) expect(everything).not.toContain(secret);
});
