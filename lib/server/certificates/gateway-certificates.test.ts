// Must be loaded before @peculiar/x509.
import 'reflect-metadata';
import { BasicConstraintsExtension, X509CertificateGenerator } from '@peculiar/x509';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CertificateAuthority } from '@/demo/pki/certificate-authority';
import { controlPlaneFindings } from '@/lib/plane/health/control-plane-certificates';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '@/lib/plane/time/duration';
import type { KubeRequest } from '@/lib/server/kube/kube-client';
import { KubeError } from '@/lib/server/kube/kube-error';
import { secretAt } from '@/testing/server/secret-at';
import { GatewayCertificates } from './gateway-certificates';

const authority = await CertificateAuthority.create('gateway', { days: 400 });
const { certPem } = await authority.serving(['gateway.example.com'], { days: 90 });
const other = await CertificateAuthority.create('gateway', { days: 400 });
const START_MS = Date.now();

let nowMs: number;
let requested: string[];
let answer: (path: string) => Promise<unknown>;
let certificates: GatewayCertificates;

function secret(path: string, key: string, pem: string): unknown {
  return secretAt(path, { [key]: Buffer.from(pem).toString('base64'), 'tls.key': 'a2V5' });
}

const published = async (path: string) =>
  path.endsWith('cluster-gateway-tls')
    ? secret(path, 'tls.crt', certPem)
    : secret(path, 'ca.crt', authority.certPem);
const unreachable = async () => {
  throw new KubeError('unreachable', 'No answer.');
};

beforeEach(() => {
  vi.useFakeTimers();
  nowMs = START_MS;
  requested = [];
  answer = published;
  certificates = new GatewayCertificates({
    namespace: 'choreo',
    nowMs: () => nowMs,
    client: {
      request: async ({ path }: KubeRequest) => {
        requested.push(path);
        return { status: 200, body: await answer(path) } as never;
      },
    },
  });
  certificates.start();
});
afterEach(() => {
  certificates.stop();
  vi.useRealTimers();
});

async function pass(ms: number): Promise<void> {
  nowMs += ms;
  await vi.advanceTimersByTimeAsync(ms);
}

describe("the gateway's certificates", () => {
  it('are read at the start and once a minute', async () => {
    await pass(0);
    expect(requested.toSorted()).toEqual([
      '/api/v1/namespaces/choreo/secrets/cluster-gateway-ca',
      '/api/v1/namespaces/choreo/secrets/cluster-gateway-tls',
    ]);
    expect(certificates.facts).toMatchObject({
      verified: true,
      watchedSince: new Date(START_MS).toISOString(),
    });
    await pass(MINUTE_MS - 1);
    expect(requested).toHaveLength(2);
    await pass(1);
    expect(requested).toHaveLength(4);
  });

  it("aren't read again while a reading is under way", async () => {
    answer = () => new Promise(() => undefined);
    await pass(0);
    await pass(10 * MINUTE_MS);
    // The first reading has ended, and the second one never does.
    expect(requested).toHaveLength(4);
  });

  it('stay known while the API server is down, and are read again after 10 s', async () => {
    await pass(0);
    answer = unreachable;
    await pass(MINUTE_MS);
    expect(certificates.facts).toMatchObject({ verified: true });
    answer = async (path) =>
      path.endsWith('cluster-gateway-tls')
        ? secret(path, 'tls.crt', certPem)
        : secret(path, 'ca.crt', other.certPem);
    await pass(10 * SECOND_MS);
    expect(certificates.facts).toMatchObject({
      verified: false,
      caChange: {
        lastSeenAt: new Date(START_MS).toISOString(),
        seenAt: new Date(START_MS + 70 * SECOND_MS).toISOString(),
      },
    });
  });

  it.each(['before', 'after'])(
    'have the valid CA of two with the same key, also if the expired one is %s it',
    async (place) => {
      const signingAlgorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
      const signing = await crypto.subtle.generateKey(signingAlgorithm, true, ['sign', 'verify']);
      const issue = async (subject: string, fromDays: number, toDays: number, keys = signing) => {
        const certificate = await X509CertificateGenerator.create({
          subject,
          issuer: 'CN=ca',
          notBefore: new Date(START_MS + fromDays * DAY_MS),
          notAfter: new Date(START_MS + toDays * DAY_MS),
          signingAlgorithm,
          publicKey: keys.publicKey,
          signingKey: signing.privateKey,
          extensions: [new BasicConstraintsExtension(subject === 'CN=ca', undefined, true)],
        });
        return certificate.toString('pem');
      };
      const [expired, valid] = [await issue('CN=ca', -90, -1), await issue('CN=ca', -2, 88)];
      const keys = await crypto.subtle.generateKey(signingAlgorithm, true, ['sign', 'verify']);
      const serving = await issue('CN=gateway', -2, 80, keys);
      const bundle = (place === 'before' ? [expired, valid] : [valid, expired]).join('\n');
      answer = async (path) =>
        path.endsWith('cluster-gateway-tls')
          ? secret(path, 'tls.crt', serving)
          : secret(path, 'ca.crt', bundle);
      certificates.restart();
      await pass(0);
      const { ca, verified } = certificates.facts ?? {};
      expect(verified).toBe(true);
      const endMs = ca?.state === 'read' ? Date.parse(ca.notAfter) : 0;
      expect(Math.round((endMs - START_MS) / DAY_MS)).toBe(88);
    },
  );

  it('keep the remembered CA while their Secret is missing', async () => {
    await pass(0);
    answer = async () => {
      throw new KubeError('not-found', 'Not found.');
    };
    await pass(MINUTE_MS);
    expect(certificates.facts).toMatchObject({ ca: { state: 'missing' }, verified: null });
    expect(certificates.facts?.caChange).toBeUndefined();
    answer = async (path) =>
      path.endsWith('cluster-gateway-tls')
        ? secret(path, 'tls.crt', certPem)
        : secret(path, 'ca.crt', other.certPem);
    await pass(MINUTE_MS);
    expect(certificates.facts?.caChange?.before).toMatch(/^[0-9A-F:]{11}$/);
  });

  it('have a CA that was set back, after a detour over a bundle, once it alone is published', async () => {
    for (const bundle of [authority, other, null, authority]) {
      const ca = bundle?.certPem ?? `${other.certPem}\n${authority.certPem}`;
      answer = async (path) =>
        path.endsWith('cluster-gateway-tls') ? published(path) : secret(path, 'ca.crt', ca);
      await pass(MINUTE_MS);
    }
    expect(certificates.facts?.caChange?.setBackAt).toBeDefined();
    if (certificates.facts) expect(controlPlaneFindings(certificates.facts, nowMs)).toEqual([]);
  });

  it('of another cluster are no change', async () => {
    await pass(0);
    answer = async (path) =>
      path.endsWith('cluster-gateway-tls')
        ? secret(path, 'tls.crt', certPem)
        : secret(path, 'ca.crt', other.certPem);
    certificates.restart();
    expect(certificates.facts).toBeNull();
    await pass(0);
    expect(certificates.facts).toMatchObject({ verified: false });
    expect(certificates.facts?.caChange).toBeUndefined();
  });

  it('of a cluster that was left meanwhile are dropped', async () => {
    const responses: (() => void)[] = [];
    answer = async (path) => {
      await new Promise<void>((resolve) => {
        responses.push(resolve);
      });
      return published(path);
    };
    certificates.restart();
    expect(responses).toHaveLength(2);
    answer = unreachable;
    certificates.restart();
    for (const respond of responses) respond();
    await pass(0);
    expect(certificates.facts).toBeNull();
  });
});
