import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CertificateAuthority } from '@/demo/pki/certificate-authority';
import { kubeconfigLoader, loadKubeconfig } from './kubeconfig';

const { certPem, keyPem } = (await CertificateAuthority.create('kube', { days: 10 })).pem;
const other = (await CertificateAuthority.create('other', { days: 10 })).pem;
const rsaKeyPem = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
}).privateKey;
const base64 = (text: string) => Buffer.from(text).toString('base64');
const signIn = { apiVersion: 'client.authentication.k8s.io/v1', command: 'sign-in' };
const oidc = { name: 'oidc', config: { 'id-token': 'e30.e30.x' } };

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'planeboard-kubeconfig-'));
  file = join(folder, 'config');
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(current: string, token = 'first'): void {
  writeFileSync(
    file,
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': current,
      clusters: ['prod', 'staging'].map((name) => ({
        name,
        cluster: { server: `https://${name}.example.com` },
      })),
      users: [{ name: 'admin', user: { token } }],
      contexts: ['prod', 'staging'].map((name) => ({ name, context: { cluster: name, user: 'admin' } })),
    }),
  );
}

describe('kubeconfigLoader', () => {
  test('keeps the context that was current at the start, but uses a new credential', () => {
    write('prod');
    const load = kubeconfigLoader(null, { KUBECONFIG: file });
    expect(load()).toMatchObject({ contextName: 'prod', serverUrl: 'https://prod.example.com' });
    write('staging', 'second');
    const again = load();
    expect(again).toMatchObject({ contextName: 'prod', serverUrl: 'https://prod.example.com' });
    expect(again.kubeConfig.getCurrentUser()?.token).toBe('second');
  });

  test('uses the given context', () => {
    write('prod');
    expect(kubeconfigLoader('staging', { KUBECONFIG: file })().serverUrl).toBe('https://staging.example.com');
  });
});

describe('loadKubeconfig', () => {
  test('lists the existing contexts when the given one is missing', () => {
    write('prod');
    expect(() => loadKubeconfig('test', { KUBECONFIG: file })).toThrow('Available: prod, staging.');
  });

  test("doesn't repeat the content of a file that it can't read", () => {
    writeFileSync(file, 'users: [{ token: hunter2');
    expect(() => loadKubeconfig(null, { KUBECONFIG: file })).toThrow(
      `The kubeconfig ${file} can't be read or isn't valid.`,
    );
  });
});

/** Writes a kubeconfig file with one context, in which the user and other parts can be replaced. */
function writeFile(name: string, user: object, parts: object = {}): string {
  const path = join(folder, name);
  const content = {
    'current-context': 'main',
    clusters: [{ name: 'main', cluster: { server: `https://${name}.example.com` } }],
    users: [{ name: 'main', user }],
    contexts: [{ name: 'main', context: { cluster: 'main', user: 'main' } }],
    ...parts,
  };
  writeFileSync(path, JSON.stringify(content));
  return path;
}

function load(...files: string[]) {
  return loadKubeconfig(null, { KUBECONFIG: files.join(delimiter) });
}

describe('impersonation', () => {
  test.each([
    ['a token', { token: 'x' }],
    ['a token file', { tokenFile: 'token' }],
    ['a certificate', { 'client-certificate-data': base64(certPem), 'client-key-data': base64(keyPem) }],
    ['a program', { exec: signIn }],
  ])('is honoured beside %s', (_, credential) => {
    const { impersonation } = load(
      writeFile('one', {
        ...credential,
        as: 'jane',
        'as-uid': '7',
        'as-groups': ['dev', 'ops'],
        'as-user-extra': { 'acme.example/Größe scope': ['read', 'list'] },
      }),
    );
    expect(impersonation).toEqual({
      'Impersonate-User': 'jane',
      'Impersonate-Uid': '7',
      'Impersonate-Group': ['dev', 'ops'],
      'Impersonate-Extra-acme.example%2FGr%C3%B6%C3%9Fe%20scope': ['read', 'list'],
    });
  });

  test('is honoured with a key that objects inherit', () => {
    const path = writeFile('one', {});
    const user = '{ token: x, as: jane, as-user-extra: { __proto__: [read], constructor: [list] } }';
    writeFileSync(path, readFileSync(path, 'utf8').replace('"user":{}', `"user": ${user}`));
    expect(load(path).impersonation).toEqual({
      'Impersonate-User': 'jane',
      'Impersonate-Extra-__proto__': ['read'],
      'Impersonate-Extra-constructor': ['list'],
    });
  });

  test('sends nothing without its fields', () => {
    expect(load(writeFile('one', { token: 'x', as: '', 'as-groups': [] })).impersonation).toEqual({});
  });

  test.each([{ 'as-groups': ['dev'] }, { 'as-uid': '7' }, { 'as-user-extra': { a: ['b'] } }])(
    'needs a user: %j',
    (fields) => {
      expect(() => load(writeFile('one', { token: 'x', ...fields }))).toThrow(
        'User "main" in the kubeconfig has as-uid, as-groups or as-user-extra without as.',
      );
    },
  );

  test.each<[object, string]>([
    [{ as: 7 }, 'an unsupported value of as'],
    [{ as: 'a\nb' }, 'an unsupported value of as'],
    [{ as: 'jane', 'as-groups': 'dev' }, 'an unsupported value of as-groups'],
    [{ as: 'jane', 'as-user-extra': { a: 'b' } }, 'an unsupported value of as-user-extra.a'],
    [{ 'as-scopes': ['x'] }, 'the field as-scopes, which'],
    [{ exec: { ...signIn, sandbox: true } }, 'the field exec.sandbox, which'],
    [{ exec: { ...signIn, interactiveMode: 'Always' } }, 'an unsupported value of exec.interactiveMode'],
    [{ exec: { command: 'x' } }, 'an unsupported value of exec.apiVersion. Correct it or remove it.'],
    [{ 'auth-provider': { name: 'gcp', config: {} } }, 'an unsupported value of auth-provider.name'],
    [{ 'auth-provider': { name: 'oidc' } }, 'an unsupported value of auth-provider.config'],
    [
      { 'auth-provider': { name: 'oidc', config: {} } },
      'an unsupported value of auth-provider.config.id-token',
    ],
    ...['x', 'a.b.c', 'e30.e30', 'e30.e3\n0.x', 'e30.W10.x'].map((token): [object, string] => [
      { 'auth-provider': { name: 'oidc', config: { 'id-token': token } } },
      'an unsupported value of auth-provider.config.id-token',
    ]),
    ...['a\nb', 'a\0b', 'ü', ' '].map((token): [object, string] => [
      { token },
      'an unsupported value of token. Correct it or remove it.',
    ]),
    [
      { 'client-certificate': 'a', 'client-key': 'b', 'auth-provider': oidc },
      'several ways to sign in (client-certificate and auth-provider). Keep one.',
    ],
    [{ token: 'x', 'auth-provider': oidc }, 'several ways to sign in (token and auth-provider)'],
    [{ 'client-key-data': 'eA==', token: 'x' }, 'a client key without its certificate'],
    [{ password: 'x' }, 'a password without its user. Add username.'],
    [{ 'client-certificate-data': 'eA==' }, 'a client certificate without its key'],
    [{ 'client-certificate': 'a.crt', token: 'x' }, 'a client certificate without its key'],
    [{ token: 'x', username: 'y' }, 'several ways to sign in (token and username)'],
    [{ exec: signIn, 'auth-provider': oidc }, 'several ways to sign in (exec and auth-provider)'],
  ])('and every other field that is not understood stops the start: %j', (user, message) => {
    expect(() => load(writeFile('one', user))).toThrow(`User "main" in the kubeconfig has ${message}`);
  });

  test.each([
    ['{ auth-provider: { name: ldap } }', 'an unsupported value of auth-provider.name'],
    ['{ token: !!binary eA== }', 'an unsupported value of token'],
    ['{ as: jane, as-user-extra: { __proto__: read } }', 'an unsupported value of as-user-extra.__proto__'],
    ['{ __proto__: { as: jane } }', 'the field __proto__, which'],
  ])('and so does a value that would be ignored or misread: %s', (user, message) => {
    const path = writeFile('one', {});
    writeFileSync(path, readFileSync(path, 'utf8').replace('"user":{}', `"user": ${user}`));
    expect(() => load(path)).toThrow(`User "main" in the kubeconfig has ${message}`);
  });

  test.each(['insecure-skip-tls-verify', 'disable-compression'])(
    'and a text in the place of the boolean %s stops it, as kubectl does',
    (field) => {
      const cluster = { server: 'https://x', [field]: 'true' };
      expect(() => load(writeFile('one', {}, { clusters: [{ name: 'main', cluster }] }))).toThrow(
        `Cluster "main" in the kubeconfig has an unsupported value of ${field}. Correct it or remove it.`,
      );
    },
  );

  test.each(['certificate-authority', 'certificate-authority-data'])(
    'and a cluster that has %s and skips its check stops it, as kubectl does',
    (field) => {
      const cluster = { server: 'https://x', [field]: 'eA==', 'insecure-skip-tls-verify': true };
      expect(() => load(writeFile('one', {}, { clusters: [{ name: 'main', cluster }] }))).toThrow(
        'Cluster "main" in the kubeconfig has both a certificate-authority and insecure-skip-tls-verify. Remove one.',
      );
    },
  );

  test.each([
    '',
    'localhost:6443',
    '127.0.0.1',
    'ftp://x',
    'https://jane:pw@x',
    'https://x?y',
    'https://x#y',
  ])('and an address that is no server stops it: "%s"', (server) => {
    const clusters = [{ name: 'main', cluster: { server } }];
    expect(() => load(writeFile('one', {}, { clusters }))).toThrow('no cluster with a valid server URL');
  });

  test.each(['a b', 'kube\n', 'größe', 'https://kube', 'kube:6443'])(
    'and a TLS server name that no certificate can have stops it: %j',
    (name) => {
      const cluster = { server: 'https://x', 'tls-server-name': name };
      expect(() => load(writeFile('one', {}, { clusters: [{ name: 'main', cluster }] }))).toThrow(
        'Cluster "main" in the kubeconfig has an unsupported value of tls-server-name.',
      );
    },
  );

  test.each(['kube', 'kube_1.example.com.', '10.0.0.1', '2001:db8::1', ''])(
    'and a TLS server name may be a domain name or an IP address: %j',
    (name) => {
      const cluster = { server: 'https://x', 'tls-server-name': name };
      expect(() => load(writeFile('one', {}, { clusters: [{ name: 'main', cluster }] }))).not.toThrow();
    },
  );

  test('and blanks around a token are dropped', () => {
    const { kubeConfig } = load(writeFile('one', { token: ' x\n' }));
    expect(kubeConfig.getCurrentUser()?.token).toBe('x');
  });

  test('and an unknown field of the cluster stops the start', () => {
    const clusters = [{ name: 'main', cluster: { server: 'https://x', 'verify-with': 'y' } }];
    expect(() => load(writeFile('one', {}, { clusters }))).toThrow(
      'Cluster "main" in the kubeconfig has the field verify-with, which',
    );
  });
});

describe('TLS material', () => {
  const ofUser = { 'client-certificate-data': base64(certPem), 'client-key-data': base64(keyPem) };
  const loadWith = (cluster: object, user: object) => {
    writeFileSync(join(folder, 'empty'), '');
    writeFileSync(join(folder, 'ca.crt'), certPem);
    const clusters = [{ name: 'main', cluster: { server: 'https://x', ...cluster } }];
    return load(writeFile('one', user, { clusters }));
  };
  const MISMATCH =
    'client-key-data of user "main" in the kubeconfig doesn\'t belong to the client certificate. Replace both.';
  const CA_DATA = 'certificate-authority-data of cluster "main" in the kubeconfig';

  test.each<[string, object, object, string]>([
    ['no base64', { 'certificate-authority-data': '?' }, {}, `${CA_DATA} isn't valid base64`],
    [
      'no PEM',
      { 'certificate-authority-data': 'eA==' },
      {},
      `${CA_DATA} contains no readable PEM certificate`,
    ],
    [
      'an omitted CA',
      { 'certificate-authority-data': 'DATA+OMITTED' },
      {},
      `${CA_DATA} contains no readable`,
    ],
    ['a key', { 'certificate-authority-data': base64(keyPem) }, {}, `${CA_DATA} contains no readable`],
    [
      'a missing CA file',
      { 'certificate-authority': 'none' },
      {},
      'none (certificate-authority of cluster "main"',
    ],
    [
      'an empty CA file',
      { 'certificate-authority': 'empty' },
      {},
      'in the kubeconfig) contains no readable PEM',
    ],
    [
      'a missing key file',
      {},
      { 'client-certificate': 'ca.crt', 'client-key': 'none' },
      'none (client-key of user "main" in the kubeconfig) is missing',
    ],
    [
      'a key as certificate',
      {},
      { ...ofUser, 'client-certificate-data': base64(keyPem) },
      'client-certificate-data of user "main" in the kubeconfig can\'t be used: it\'s a private key.',
    ],
    [
      'a certificate as key',
      {},
      { ...ofUser, 'client-key-data': base64(certPem) },
      'client-key-data of user "main" in the kubeconfig contains no unencrypted PEM private key',
    ],
    ["another certificate's key", {}, { ...ofUser, 'client-key-data': base64(other.keyPem) }, MISMATCH],
    [
      "another certificate's key of another type",
      {},
      { ...ofUser, 'client-key-data': base64(rsaKeyPem) },
      MISMATCH,
    ],
    [
      'a damaged key',
      {},
      { ...ofUser, 'client-key-data': base64(keyPem.replace(/\n.{20}/, '\nAAAAAAAAAAAAAAAAAAAA')) },
      'client-key-data of user "main" in the kubeconfig contains a private key that TLS can\'t use',
    ],
    [
      'a certificate with a damaged one behind it',
      {},
      {
        ...ofUser,
        'client-certificate-data': base64(
          `${certPem}\n-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n`,
        ),
      },
      'client-certificate-data of user "main" in the kubeconfig contains a certificate that TLS can\'t use',
    ],
  ])('that is %s stops the start with the name of its field', (_, cluster, user, message) => {
    expect(() => loadWith(cluster, user)).toThrow(message);
  });

  test('is used if it is valid, from a file or as data', () => {
    const { kubeConfig } = loadWith({ 'certificate-authority': 'ca.crt', 'tls-server-name': 'kube' }, ofUser);
    expect(kubeConfig.getCurrentCluster()).toMatchObject({ tlsServerName: 'kube', skipTLSVerify: false });
  });
});

describe('merging', () => {
  test('uses the first entry of a name, and the first current context', () => {
    const first = writeFile('first', { token: 'one' }, { 'current-context': '', contexts: [] });
    const second = writeFile('second', { token: 'two' });
    const { kubeConfig, serverUrl } = load(join(folder, 'missing'), first, second);
    expect(serverUrl).toBe('https://first.example.com');
    expect(kubeConfig.getCurrentUser()?.token).toBe('one');
  });

  test('ignores broken entries that are not used', () => {
    const broken = [
      null,
      7,
      {},
      { name: 'x' },
      { name: 'y', user: 7 },
      { name: 'z', user: { as: 7, odd: 1 } },
    ];
    const { serverUrl } = load(
      writeFile(
        'one',
        {},
        {
          users: [...broken, { name: 'main', user: {} }],
          clusters: [...broken, { name: 'main', cluster: { server: 'https://one.example.com/' } }],
          contexts: [...broken, { name: 'main', context: { cluster: 'main', user: 'main' } }],
        },
      ),
    );
    expect(serverUrl).toBe('https://one.example.com');
  });

  test.each([
    [{ 'current-context': 1 }, /^current-context in the kubeconfig .*one is a number, which kubectl rejects/],
    [
      { contexts: [{ name: 1, context: { cluster: 'main' } }], 'current-context': '1' },
      /^The name of context "1" in the kubeconfig .*one is a number/,
    ],
    [
      { contexts: [{ name: 'main', context: { cluster: true } }] },
      /^The cluster of context "main" in the kubeconfig is a boolean/,
    ],
    [
      { contexts: [{ name: 'main', context: { cluster: 'main', user: 7 } }] },
      /^The user of context "main" in the kubeconfig is a number/,
    ],
    [
      {
        clusters: [{ name: 1, cluster: { server: 'https://x' } }],
        contexts: [{ name: 'main', context: { cluster: '1' } }],
      },
      /^The name of cluster "1" in the kubeconfig .*one is a number/,
    ],
  ])('%#: rejects a number or boolean as a name that is used, as kubectl does', (changes, message) => {
    const named = { contexts: [{ name: 1, context: { cluster: 'main', user: 'main' } }], ...changes };
    const path = writeFile('one', {}, 'contexts' in changes ? changes : named);
    expect(() => load(path)).toThrow(message);
  });

  test("ignores a number as a name that isn't used", () => {
    const other = { name: 7, cluster: {}, user: {}, context: { cluster: 8 } };
    const { serverUrl } = load(
      writeFile(
        'one',
        {},
        {
          users: [other, { name: 'main', user: {} }],
          clusters: [other, { name: 'main', cluster: { server: 'https://one.example.com' } }],
          contexts: [other, { name: 'main', context: { cluster: 'main', user: 'main' } }],
        },
      ),
    );
    expect(serverUrl).toBe('https://one.example.com');
  });

  test('uses the first of several documents, and takes an empty file for none', () => {
    const path = writeFile('one', {});
    writeFileSync(join(folder, 'empty'), '');
    writeFileSync(path, `${readFileSync(path, 'utf8')}\n---\n{ broken`);
    expect(load(join(folder, 'empty'), path).serverUrl).toBe('https://one.example.com');
  });

  test('rejects two entries of one name in a file, as kubectl does', () => {
    const users = [
      { name: 'main', user: { token: 'a' } },
      { name: 'main', user: { token: 'b' } },
    ];
    expect(() => load(writeFile('one', {}, { users }))).toThrow('has two users named "main"');
  });

  test('names a user that is missing', () => {
    expect(() => load(writeFile('one', {}, { users: [] }))).toThrow(
      'Context "main" refers to user "main", which the kubeconfig doesn\'t have.',
    );
  });

  test('resolves paths beside the file that has them, and a program only if it has a folder', () => {
    for (const [name, content] of [
      ['ca.crt', certPem],
      ['a.crt', certPem],
      ['a.key', keyPem],
    ] as const)
      writeFileSync(join(folder, name), content);
    const programOf = (command: string) =>
      load(writeFile('one', { exec: { ...signIn, command } })).kubeConfig.getCurrentUser()?.exec.command;
    expect(programOf('./bin/sign-in')).toBe(join(folder, 'bin/sign-in'));
    expect(programOf('sign-in')).toBe('sign-in');
    const clusters = [{ name: 'main', cluster: { server: 'https://x', 'certificate-authority': 'ca.crt' } }];
    const files = load(
      writeFile('one', { 'client-certificate': 'a.crt', 'client-key': 'a.key' }, { clusters }),
    );
    expect(files.kubeConfig.getCurrentUser()).toMatchObject({
      certFile: join(folder, 'a.crt'),
      keyFile: join(folder, 'a.key'),
    });
    expect(files.kubeConfig.getCurrentCluster()?.caFile).toBe(join(folder, 'ca.crt'));
  });

  test('prefers data to files, and a certificate or a token to a program, as kubectl does', () => {
    const certificate = {
      'client-certificate': 'a.crt',
      'client-certificate-data': base64(certPem),
      'client-key-data': base64(keyPem),
    };
    const userWith = (fields: object) =>
      load(writeFile('one', { ...fields, exec: signIn })).kubeConfig.getCurrentUser();
    expect(userWith(certificate)).toMatchObject({ certData: base64(certPem) });
    expect(userWith(certificate)).not.toHaveProperty('certFile');
    expect(userWith(certificate)).not.toHaveProperty('exec');
    expect(userWith({ token: 'x' })).not.toHaveProperty('exec');
  });

  test('tells a program the cluster if it asks for it', () => {
    const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: 'x', provideClusterInfo: true };
    const [variable] = load(writeFile('one', { exec })).kubeConfig.getCurrentUser()?.exec.env ?? [];
    expect(variable.name).toBe('KUBERNETES_EXEC_INFO');
    expect(JSON.parse(variable.value)).toEqual({
      kind: 'ExecCredential',
      apiVersion: 'client.authentication.k8s.io/v1',
      spec: { interactive: false, cluster: { server: 'https://one.example.com' } },
    });
  });

  test.each([
    [{}, { HTTPS_PROXY: 'proxy:3128' }, 'http://proxy:3128'],
    [{}, { HTTPS_PROXY: 'proxy:3128', NO_PROXY: '.example.com' }, undefined],
    [{ 'proxy-url': 'http://own:1' }, { HTTPS_PROXY: 'proxy:3128' }, 'http://own:1'],
  ])('has the proxy of its cluster %j, else that of the environment %j', (cluster, env, proxyUrl) => {
    const clusters = [{ name: 'main', cluster: { server: 'https://one.example.com', ...cluster } }];
    const path = writeFile('one', {}, { clusters });
    const { kubeConfig } = loadKubeconfig(null, { KUBECONFIG: path, ...env });
    expect(kubeConfig.getCurrentCluster()?.proxyUrl).toBe(proxyUrl);
  });

  test.each([
    [{}, { HTTPS_PROXY: 'ftp://proxy' }, "HTTPS_PROXY or HTTP_PROXY isn't a valid proxy."],
    [{ 'proxy-url': 'proxy' }, {}, "proxy-url in the kubeconfig isn't a valid proxy."],
  ])('rejects an invalid proxy, of %j or %j', (cluster, env, message) => {
    const clusters = [{ name: 'main', cluster: { server: 'https://one.example.com', ...cluster } }];
    const path = writeFile('one', {}, { clusters });
    expect(() => loadKubeconfig(null, { KUBECONFIG: path, ...env })).toThrow(message);
  });
});
