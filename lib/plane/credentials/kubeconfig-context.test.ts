import { describe, expect, test } from 'vitest';
import { toBase64 } from '@/lib/base64';
import { CERTIFICATE_PEM, PRIVATE_KEY_PEM } from '@/testing/plane/draft-fixture';
import { accessOfContext, kubeconfigContexts } from './kubeconfig-context';

const CLUSTER = {
  server: 'https://k8s.example.com:6443',
  'certificate-authority-data': toBase64(CERTIFICATE_PEM),
};
const USER = {
  'client-certificate-data': toBase64(CERTIFICATE_PEM),
  'client-key-data': toBase64(PRIVATE_KEY_PEM),
};

/** A kubeconfig with one context, with the changes a test needs. */
function config(cluster: object = CLUSTER, user: object = USER): unknown {
  return {
    apiVersion: 'v1',
    kind: 'Config',
    preferences: {},
    clusters: [{ name: 'c', cluster }],
    users: [{ name: 'u', user }],
    contexts: [{ name: 'prod', context: { cluster: 'c', user: 'u', namespace: 'x' } }],
    'current-context': 'prod',
  };
}

describe('kubeconfigContexts', () => {
  test('lists each context with its cluster and user, and names the current one', () => {
    expect(kubeconfigContexts(config())).toEqual({
      contexts: [{ name: 'prod', cluster: 'c', user: 'u' }],
      current: 'prod',
    });
    expect(kubeconfigContexts({ ...Object(config()), 'current-context': 'gone' })).toMatchObject({
      current: null,
    });
  });

  test.each([
    ['hello', "This isn't a kubeconfig: it has no clusters and contexts."],
    [null, "This isn't a kubeconfig: it has no clusters and contexts."],
    [{ kind: 'Pod' }, "This isn't a kubeconfig: it has no clusters and contexts."],
    [{ clusters: 'x' }, "This isn't a kubeconfig: it has no clusters and contexts."],
    [{ clusters: [], contexts: [] }, 'This kubeconfig has no contexts.'],
    [
      { contexts: ['a', 'b', 'a'].map((name) => ({ name, context: { cluster: 'c', user: 'u' } })) },
      "This kubeconfig has two contexts named a, so kubectl can't use it. Rename one.",
    ],
  ])('rejects %j', (parsed, problem) => {
    expect(kubeconfigContexts(parsed)).toEqual({ problem });
  });

  test('leaves out invalid contexts', () => {
    const contexts = [
      null,
      7,
      {},
      { name: 7 },
      { name: 'a' },
      { name: null, context: { cluster: 'c', user: 'u' } },
      { name: 'b', context: { cluster: 7, user: true } },
    ];
    expect(kubeconfigContexts({ contexts, clusters: [], 'current-context': 7 })).toEqual({
      contexts: [{ name: 'b', cluster: '7', user: 'true' }],
      current: null,
    });
  });
});

describe('a name that YAML reads as a number or boolean', () => {
  const named = (changes: object) => ({ ...Object(config()), ...changes });
  const rejected = 'which kubectl rejects. Put it in quotes.';

  test('is listed, and the problem is named once its context is chosen', () => {
    for (const [name, type] of [
      [1, 'number'],
      [true, 'boolean'],
    ] as const) {
      const parsed = named({
        contexts: [{ name, context: { cluster: 'c', user: 'u' } }],
        'current-context': name,
      });
      expect(kubeconfigContexts(parsed)).toEqual({
        contexts: [{ name: `${name}`, cluster: 'c', user: 'u' }],
        current: `${name}`,
      });
      expect(accessOfContext(parsed, `${name}`)).toEqual({
        problem: `The name of context ${name} is a ${type}, ${rejected}`,
      });
    }
  });

  test.each([
    [
      { contexts: [{ name: 'prod', context: { cluster: 7, user: 'u' } }] },
      `The cluster of context prod is a number, ${rejected}`,
    ],
    [
      { contexts: [{ name: 'prod', context: { cluster: 'c', user: false } }] },
      `The user of context prod is a boolean, ${rejected}`,
    ],
    [
      {
        contexts: [{ name: 'prod', context: { cluster: '7', user: 'u' } }],
        clusters: [{ name: 7, cluster: CLUSTER }],
      },
      `The name of cluster 7 is a number, ${rejected}`,
    ],
  ])('%#: is named if the context refers to it', (changes, problem) => {
    expect(accessOfContext(named(changes), 'prod')).toEqual({ problem });
  });

  test("doesn't matter in entries that the context doesn't use", () => {
    const { contexts, clusters, users } = config() as Record<string, unknown[]>;
    const parsed = named({
      contexts: [{ name: 1, context: { cluster: 2, user: 3 } }, ...(contexts ?? [])],
      clusters: [{ name: 2, cluster: {} }, ...(clusters ?? [])],
      users: [{ name: true, user: {} }, ...(users ?? [])],
    });
    expect(accessOfContext(parsed, 'prod')).toMatchObject({ server: CLUSTER.server });
  });
});

describe('accessOfContext', () => {
  test('returns the address and the PEM of the client certificate and key', () => {
    expect(accessOfContext(config(), 'prod')).toEqual({
      server: CLUSTER.server,
      ca: CERTIFICATE_PEM,
      clientCertificate: CERTIFICATE_PEM,
      clientKey: PRIVATE_KEY_PEM,
    });
  });

  test('returns a token and leaves out a certificate without its key', () => {
    const user = { token: ' abc\n', 'client-certificate-data': USER['client-certificate-data'] };
    expect(accessOfContext(config(CLUSTER, user), 'prod')).toEqual({
      server: CLUSTER.server,
      ca: CERTIFICATE_PEM,
      token: 'abc',
    });
  });

  test('leaves out a token beside a token file, whose token counts', () => {
    const access = accessOfContext(config(CLUSTER, { ...USER, token: 'old', tokenFile: '/token' }), 'prod');
    expect(access).toHaveProperty('clientKey');
    expect(access).not.toHaveProperty('token');
    expect(accessOfContext(config(CLUSTER, { token: 'abc', tokenFile: '' }), 'prod')).toHaveProperty('token');
  });

  test('ignores invalid clusters and users that the context does not refer to', () => {
    const others = [null, 7, { name: 7 }, { name: 'x', cluster: 7, user: true }];
    const odd = {
      name: 'y',
      cluster: { 'insecure-skip-tls-verify': 'yes' },
      user: { token: 123, odd: 'on' },
    };
    const { clusters, users, ...rest } = config() as { clusters: unknown[]; users: unknown[] };
    const parsed = { ...rest, clusters: [...others, odd, ...clusters], users: [...others, odd, ...users] };
    expect(accessOfContext(parsed, 'prod')).toMatchObject({ server: CLUSTER.server });
  });

  test('names two clusters or users of the name that the context refers to', () => {
    const users = [
      { name: 'u', user: USER },
      { name: 'u', user: USER },
    ];
    expect(accessOfContext({ ...Object(config()), users }, 'prod')).toEqual({
      problem: "This kubeconfig has two users named u, so kubectl can't use it. Rename one.",
    });
  });

  const certificate =
    'This release accepts only a client certificate. Use a kubeconfig with client-certificate-data and client-key-data.';
  test.each([
    [
      { exec: { command: 'aws' } },
      `This context signs in with a program on your machine (exec), which the control plane doesn't have. ${certificate}`,
    ],
    [
      { 'auth-provider': { name: 'oidc' } },
      `This context signs in with an auth provider on your machine, which the control plane doesn't have. ${certificate}`,
    ],
    [
      { username: 'admin', password: 'x' },
      'This context signs in with a username and password, which Kubernetes no longer supports. Use a context with a client certificate.',
    ],
  ])('%#: advises what a release without tokens accepts', (user, problem) => {
    expect(accessOfContext(config(CLUSTER, user), 'prod', false)).toEqual({ problem });
  });

  const raw = 'Print it with --raw: kubectl config view --raw --flatten --minify --context NAME';
  test.each([
    [{ ...CLUSTER, 'certificate-authority-data': 'DATA+OMITTED' }, USER, 'certificate-authority-data'],
    [CLUSTER, { ...USER, 'client-key-data': 'DATA+OMITTED' }, 'client-key-data'],
    [CLUSTER, { ...USER, 'client-key-data': 'REDACTED' }, 'client-key-data'],
    [CLUSTER, { token: 'REDACTED' }, 'token'],
  ])('%#: asks for --raw when the credentials were left out', (cluster, user, field) => {
    expect(accessOfContext(config(cluster, user), 'prod')).toEqual({
      problem: `This kubeconfig was printed without its credentials (${field}). ${raw}`,
    });
  });

  test.each([
    ['as', 'jane'],
    ['as-uid', '7'],
    ['as-groups', ['dev']],
    ['as-user-extra', { scope: ['a'] }],
    ['as-user-extra', JSON.parse('{"__proto__": ["a"]}')],
  ])('rejects impersonation with %s', (field, value) => {
    expect(accessOfContext(config(CLUSTER, { ...USER, [field]: value }), 'prod')).toEqual({
      problem: `This context acts as another user (${field}), but a plane can't. Use a context that signs in as the user itself.`,
    });
    expect(accessOfContext(config(CLUSTER, { ...USER, [field]: null }), 'prod')).toHaveProperty('server');
  });

  test.each([
    [CLUSTER, { ...USER, 'as-scopes': 'x' }, 'The user of this context has the field as-scopes, which'],
    [
      { ...CLUSTER, 'verify-with': 'x' },
      USER,
      'The cluster of this context has the field verify-with, which',
    ],
    [CLUSTER, { token: 123 }, 'Invalid field token in the user of this context.'],
    [CLUSTER, 7, 'Invalid field user in the user of this context.'],
    [
      { ...CLUSTER, 'insecure-skip-tls-verify': 'true' },
      USER,
      'Invalid field insecure-skip-tls-verify in the cluster of this context. Set it to true or false, without quotes.',
    ],
  ])('%#: names a field that is unknown or invalid', (cluster, user, problem) => {
    expect(accessOfContext(config(cluster, user as object), 'prod')).toEqual({
      problem: expect.stringContaining(problem),
    });
  });

  const program = 'Create a service account token instead: kubectl create token NAME --duration=8760h';
  const file = 'To include its content, run: kubectl config view --raw --flatten --minify --context NAME';
  test.each([
    [{ ...CLUSTER, server: '' }, USER, 'This context has no server address.'],
    [
      { ...CLUSTER, 'insecure-skip-tls-verify': true },
      USER,
      "This context doesn't verify the API server (insecure-skip-tls-verify), but the control plane always does. Use a kubeconfig with certificate-authority-data.",
    ],
    [
      { ...CLUSTER, 'proxy-url': 'http://proxy' },
      USER,
      "This context uses a proxy (proxy-url), but a plane can't. Enter an address that the control plane can reach directly.",
    ],
    [
      { ...CLUSTER, 'tls-server-name': 'other' },
      USER,
      "This context verifies the API server by another name (tls-server-name), but a plane can't. Enter an address that the API server's certificate contains.",
    ],
    [
      { server: CLUSTER.server, 'certificate-authority': '/ca.crt' },
      USER,
      `This kubeconfig refers to a file on your machine (certificate-authority). ${file}`,
    ],
    [
      CLUSTER,
      { exec: { command: 'aws' } },
      `This context signs in with a program on your machine (exec), which the control plane doesn't have. ${program}`,
    ],
    [
      CLUSTER,
      { 'auth-provider': { name: 'oidc' } },
      `This context signs in with an auth provider on your machine, which the control plane doesn't have. ${program}`,
    ],
    [
      CLUSTER,
      { 'client-certificate': '/c.crt', 'client-key': '/c.key' },
      `This kubeconfig refers to a file on your machine (client-certificate). ${file}`,
    ],
    [
      CLUSTER,
      { 'client-certificate-data': USER['client-certificate-data'], 'client-key': '/c.key' },
      `This kubeconfig refers to a file on your machine (client-key). ${file}`,
    ],
    [
      CLUSTER,
      { tokenFile: '/token' },
      "This context reads its token from a file on your machine (tokenFile), which the control plane doesn't have. Replace tokenFile by token, with the file's content.",
    ],
    [
      CLUSTER,
      // kubectl signs in with the file's token.
      { token: 'outdated', tokenFile: '/token' },
      "This context reads its token from a file on your machine (tokenFile), which the control plane doesn't have. Replace tokenFile by token, with the file's content.",
    ],
    [
      CLUSTER,
      { username: 'admin', password: 'x' },
      'This context signs in with a username and password, which Kubernetes no longer supports. Use a context with a client certificate or a token.',
    ],
    [
      CLUSTER,
      { 'client-certificate-data': 'x' },
      'This context has a client certificate without its key (client-key-data).',
    ],
    [
      CLUSTER,
      { 'client-key-data': 'x' },
      'This context has a client key without its certificate (client-certificate-data).',
    ],
    [CLUSTER, {}, 'This context has neither a client certificate nor a token to sign in with.'],
    [
      { ...CLUSTER, 'certificate-authority-data': '%%%' },
      USER,
      "certificate-authority-data of this context is damaged: it isn't base64-encoded PEM.",
    ],
    [
      CLUSTER,
      { ...USER, 'client-key-data': btoa('hello world') },
      "client-key-data of this context is damaged: it isn't base64-encoded PEM.",
    ],
  ])('%#: rejects an unusable context and says what to do', (cluster, user, problem) => {
    expect(accessOfContext(config(cluster, user), 'prod')).toEqual({ problem });
  });

  test('rejects contexts whose cluster or user is missing', () => {
    const contexts = [{ name: 'prod', context: { cluster: 'c' } }];
    expect(accessOfContext({ ...Object(config()), contexts }, 'prod')).toEqual({
      problem: 'Context prod has no user.',
    });
    expect(accessOfContext(config(), 'other')).toEqual({
      problem: 'This kubeconfig has no context other.',
    });
    const loose = { contexts: [{ name: 'prod', context: { cluster: 'c', user: 'u' } }] };
    expect(accessOfContext(loose, 'prod')).toEqual({
      problem: "Context prod refers to cluster c, which this kubeconfig doesn't have.",
    });
    expect(accessOfContext({ ...loose, clusters: [{ name: 'c', cluster: CLUSTER }] }, 'prod')).toEqual({
      problem: "Context prod refers to user u, which this kubeconfig doesn't have.",
    });
  });
});
