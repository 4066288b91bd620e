import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { CertificateAuthority } from '@/demo/pki/certificate-authority';
import { ApiServerClock } from './api-server-clock';
import { KubeClient } from './kube-client';
import { KubeConnection } from './kube-connection';
import { kubeconfigLoader } from './kubeconfig';

const firstCa = (await CertificateAuthority.create('first', { days: 10 })).pem.certPem;
const secondCa = (await CertificateAuthority.create('second', { days: 10 })).pem.certPem;

let folder: string;
let file: string;
let caFile: string;
let events: string[];
let connection: KubeConnection;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'planeboard-connection-'));
  file = join(folder, 'config');
  caFile = join(folder, 'ca.crt');
  writeFileSync(caFile, firstCa);
  events = [];
  write({});
  connection = new KubeConnection(kubeconfigLoader(null, { KUBECONFIG: file }), {
    onReloaded: () => events.push('reloaded'),
    onReloadFailed: () => events.push('failed'),
    onOtherCluster: () => events.push('other cluster'),
  });
});
afterEach(async () => {
  await connection.close();
  rmSync(folder, { recursive: true });
});

function write({ port = 6443, token = 'first', cluster = {} as object, user = { token } as object }): void {
  writeFileSync(
    file,
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': 'kind',
      clusters: [{ name: 'kind', cluster: { server: `https://127.0.0.1:${port}`, ...cluster } }],
      users: [{ name: 'admin', user }],
      contexts: [{ name: 'kind', context: { cluster: 'kind', user: 'admin' } }],
    }),
  );
}

describe('a reloaded credential', () => {
  test('leads to the same cluster when only the token is new', () => {
    write({ token: 'second' });
    connection.reload();
    expect(events).toEqual(['reloaded']);
  });

  test.each([
    ['another address', { port: 7443 }],
    ['another CA', { cluster: { 'certificate-authority-data': Buffer.from(secondCa).toString('base64') } }],
  ])('leads to another cluster with %s, which is reported once', (_, changes) => {
    write(changes);
    connection.reload();
    connection.reload();
    expect(events).toEqual(['reloaded', 'other cluster', 'reloaded']);
  });

  test('leads to another cluster when its CA file has changed', () => {
    write({ cluster: { 'certificate-authority': caFile } });
    connection.reload();
    events = [];
    writeFileSync(caFile, secondCa);
    connection.reload();
    expect(events).toEqual(['reloaded', 'other cluster']);
  });

  test("isn't used when the reload fails, which is reported", async () => {
    const { generation } = connection;
    writeFileSync(file, '{ half of');
    connection.reload();
    expect(events).toEqual(['failed']);
    expect(connection.generation).toBe(generation);
    await expect(connection.prepare()).resolves.toMatchObject({ serverUrl: 'https://127.0.0.1:6443' });
  });
});

describe('a program that signs in', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  test('is started once while it takes its time, and requests that wait for it fail', async () => {
    const [started, done] = [join(folder, 'started'), join(folder, 'done')];
    const credential = { kind: 'ExecCredential', status: { token: 'from a person' } };
    const script = `echo x >> ${started}; while [ ! -e ${done} ]; do sleep 0.05; done; echo '${JSON.stringify(credential)}'`;
    const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: 'sh', args: ['-c', script] };
    write({ user: { exec } });
    connection.reload();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const failed = expect(connection.prepare()).rejects.toMatchObject({ code: 'credential' });
      await vi.advanceTimersByTimeAsync(15_000);
      await failed;
    }
    vi.useRealTimers();
    await expect.poll(() => existsSync(started)).toBe(true);
    expect(readFileSync(started, 'utf8')).toBe('x\n');
    writeFileSync(done, '');
    await expect(connection.prepare()).resolves.toMatchObject({
      headers: { Authorization: 'Bearer from a person' },
    });
    expect(readFileSync(started, 'utf8')).toBe('x\n');
  });
});

describe('a program that signs in and fails is named without its arguments and its output', () => {
  test.each<[string, string, string[], string]>([
    ['it fails', 'sh', ['-c', 'echo canary >&2; exit 3'], '(sh) failed.'],
    ['it prints no JSON', 'sh', ['-c', 'echo canary'], "(sh) didn't print a credential."],
    ["it doesn't exist", 'no-such-program', ['canary'], "(no-such-program) can't be started (ENOENT)."],
  ])('%s', async (_, command, args, text) => {
    write({ user: { exec: { apiVersion: 'client.authentication.k8s.io/v1', command, args } } });
    connection.reload();
    const failed = connection.prepare();
    await expect(failed).rejects.toMatchObject({
      code: 'credential',
      message: `The kubeconfig's program for signing in ${text} Run it in a terminal to see why.`,
    });
  });

  test("it hasn't answered when the request's time is over", async () => {
    const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: 'sleep', args: ['2'] };
    write({ user: { exec } });
    connection.reload();
    const client = new KubeClient(connection, new ApiServerClock());
    await expect(client.request({ path: '/readyz', timeoutMs: 100 })).rejects.toMatchObject({
      code: 'credential',
      message: expect.stringContaining(
        "The kubeconfig's program for signing in (sleep) hasn't answered yet.",
      ),
    });
  });
});

/** A user whose program returns the given credential. */
function signingInWith(status: object): object {
  const script = `printf %s '${JSON.stringify({ kind: 'ExecCredential', status })}'`;
  return { exec: { apiVersion: 'client.authentication.k8s.io/v1', command: 'sh', args: ['-c', script] } };
}

describe("a program's credential that can't be used is reported as a credential's fault", () => {
  const rsaKeyPem = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  }).privateKey;

  test.each<[string, object, string]>([
    ['no key', { clientCertificateData: firstCa, clientKeyData: 'no key' }, "private key can't be used"],
    [
      "another certificate's key of another type",
      { clientCertificateData: firstCa, clientKeyData: rsaKeyPem },
      "private key can't be used",
    ],
    [
      'a token of two lines',
      { token: 'a\nb' },
      "from the kubeconfig's exec or auth-provider contains line breaks",
    ],
    ['a token with NUL', { token: 'a\0b' }, 'contains line breaks or other characters'],
    ['a blank token', { token: ' \n' }, 'returned neither a token nor a certificate'],
    ['a certificate without its key', { clientCertificateData: firstCa }, 'without the other'],
    ['a key without its certificate', { token: 'x', clientKeyData: rsaKeyPem }, 'without the other'],
  ])('%s', async (_, status, message) => {
    write({ user: signingInWith(status) });
    connection.reload();
    const failed = connection.prepare();
    await expect(failed).rejects.toMatchObject({ code: 'credential' });
    await expect(failed).rejects.toThrow(message);
  });
});

test("a program whose credential can't be used is started again", async () => {
  const answer = join(folder, 'answer');
  const answerWith = (status: object) =>
    writeFileSync(answer, JSON.stringify({ kind: 'ExecCredential', status }));
  const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: 'cat', args: [answer] };
  write({ user: { exec } });
  connection.reload();
  for (const status of [{ token: 'a\nb' }, {}, { clientCertificateData: firstCa }]) {
    answerWith(status);
    await expect(connection.prepare()).rejects.toMatchObject({ code: 'credential' });
  }
  answerWith({ token: 'corrected' });
  await expect(connection.prepare()).resolves.toMatchObject({
    headers: { Authorization: 'Bearer corrected' },
  });
});

describe('a sign-in without a credential stops the request, which would be anonymous', () => {
  const claims = Buffer.from(JSON.stringify({ exp: 1 })).toString('base64url');

  test.each<[object, string]>([
    [signingInWith({}), 'returned neither a token nor a certificate'],
    [
      { 'auth-provider': { name: 'oidc', config: { 'id-token': `e30.${claims}.x` } } },
      'ID token (auth-provider) has expired',
    ],
  ])('%j', async (user, message) => {
    write({ user });
    connection.reload();
    await expect(connection.prepare()).rejects.toThrow(message);
  });
});

describe('the token of a file', () => {
  const authorization = async () => (await connection.prepare()).headers.Authorization;
  const tokenFile = () => join(folder, 'token');

  test('is sent instead of the one beside it', async () => {
    writeFileSync(tokenFile(), 'from the file\n');
    write({ user: { token: 'beside', tokenFile: tokenFile() } });
    connection.reload();
    expect(await authorization()).toBe('Bearer from the file');
  });

  test('that is empty gives way to the one beside it', async () => {
    writeFileSync(tokenFile(), '');
    write({ user: { token: 'beside', tokenFile: tokenFile() } });
    connection.reload();
    expect(await authorization()).toBe('Bearer beside');
  });

  test.each([
    ['empty', () => writeFileSync(tokenFile(), '\n')],
    ['missing', () => {}],
  ])('that is %s and alone stops the request, which would be anonymous', async (_, prepare) => {
    prepare();
    write({ user: { tokenFile: tokenFile() } });
    connection.reload();
    await expect(connection.prepare()).rejects.toThrow(
      'The file with the bearer token is missing, unreadable or empty.',
    );
  });

  test('that has several lines stops the request, and is sent once it is corrected', async () => {
    writeFileSync(tokenFile(), 'first\nsecond\n');
    write({ user: { tokenFile: tokenFile() } });
    connection.reload();
    const failed = connection.prepare();
    await expect(failed).rejects.toMatchObject({ code: 'credential' });
    await expect(failed).rejects.toThrow('The bearer token from its file contains line breaks');
    writeFileSync(tokenFile(), 'corrected');
    expect(await authorization()).toBe('Bearer corrected');
  });

  test('is not sent without TLS', async () => {
    writeFileSync(tokenFile(), 'from the file');
    write({ user: { tokenFile: tokenFile() }, cluster: { server: 'http://127.0.0.1:8001' } });
    connection.reload();
    expect(await authorization()).toBeUndefined();
  });
});
