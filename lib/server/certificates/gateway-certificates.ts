import 'server-only';
import type { X509Certificate } from 'node:crypto';
import type { GatewayCertificate, GatewayFacts } from '@/lib/plane/health/gateway-certificates';
import { paced } from '@/lib/plane/time/pace';
import type { KubeClient } from '@/lib/server/kube/kube-client';
import { CaWatch } from './ca-watch';
import { verifyingCas } from './gateway-chain';
import { certificatesIn } from './pem-certificates';
import { type CertificateText, readCa, readServing } from './read-gateway-certificates';

const READ_MS = 60_000;
/** Used after a failure that says nothing about the certificates: the API server was down or busy. */
const RETRY_MS = 10_000;
/** Fits a bundle of a hundred certificates. */
const MAX_CHARACTERS = 256 * 1024;

export interface GatewayCertificatesOptions {
  readonly client: Pick<KubeClient, 'request'>;
  /** The control plane's namespace. */
  readonly namespace: string;
  /** The API server's clock. */
  readonly nowMs: () => number;
}

/**
 * The public facts of the CA and the serving certificate of the gateway, read once a minute as Planeboard's own
 * account. What the account may not read is `not-checked`, never guessed. While the API server is down, the last known
 * facts are still the best.
 */
export class GatewayCertificates {
  private watch = new CaWatch();
  private current: GatewayFacts | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private stopping = new AbortController();

  constructor(private readonly options: GatewayCertificatesOptions) {}

  /** Null until the first reading. */
  get facts(): GatewayFacts | null {
    return this.current;
  }

  /** Reads now and then periodically, one reading at a time. */
  start(): void {
    void this.read(this.stopping.signal);
  }

  stop(): void {
    this.stopping.abort();
    clearTimeout(this.timer);
  }

  /** Forgets everything and reads again: the API server is another one now. */
  restart(): void {
    this.stop();
    this.watch = new CaWatch();
    this.current = null;
    this.stopping = new AbortController();
    this.start();
  }

  /** Takes in that the clock was set: all times before were on another one. */
  shiftClock(byMs: number): void {
    this.watch.shiftClock(byMs);
    if (this.current) this.current = { ...this.current, ...this.watched() };
  }

  private async read(signal: AbortSignal): Promise<void> {
    let pauseMs = READ_MS;
    try {
      const { client, namespace } = this.options;
      const [ca, serving] = await Promise.all([
        readCa(client, namespace, signal),
        readServing(client, namespace, signal),
      ]);
      if (!signal.aborted) this.current = this.factsOf(ca, serving);
    } catch {
      pauseMs = RETRY_MS;
    }
    if (!signal.aborted) this.timer = setTimeout(() => void this.read(signal), paced(pauseMs));
  }

  private factsOf(ca: CertificateText, serving: CertificateText): GatewayFacts {
    const [bundle, chain] = [certificatesOf(ca), certificatesOf(serving)];
    const nowMs = this.options.nowMs();
    // Of several that verify it, such as a renewed one with the same key, one that is valid now is enough.
    const byUse = validFirst(bundle, nowMs);
    const verifying = verifyingCas(chain, byUse);
    if (bundle.length > 0)
      this.watch.saw({ bundle, verifying: chain.length === 0 ? null : verifying }, nowMs);
    return {
      namespace: this.options.namespace,
      ...this.watched(),
      caObject: ca.object,
      ca: certificateOf(ca, verifying[0] ?? byUse[0]),
      serving: certificateOf(serving, chain[0]),
      verified: bundle.length === 0 || chain.length === 0 ? null : verifying.length > 0,
    };
  }

  private watched(): Pick<GatewayFacts, 'watchedSince' | 'caChange'> {
    const { change, sinceMs } = this.watch;
    return {
      watchedSince: sinceMs === null ? null : new Date(sinceMs).toISOString(),
      ...(change === null ? {} : { caChange: change }),
    };
  }
}

function certificatesOf(text: CertificateText): X509Certificate[] {
  return text.state === 'found' && text.pem.length <= MAX_CHARACTERS ? certificatesIn(text.pem) : [];
}

/** Sorts the certificates that are valid now before the others, and those that end later before earlier ones. */
function validFirst(bundle: readonly X509Certificate[], nowMs: number): X509Certificate[] {
  const isValid = ({ validFromDate, validToDate }: X509Certificate) =>
    validFromDate.getTime() <= nowMs && nowMs <= validToDate.getTime();
  return bundle.toSorted(
    (a, b) => Number(isValid(b)) - Number(isValid(a)) || b.validToDate.getTime() - a.validToDate.getTime(),
  );
}

function certificateOf(text: CertificateText, certificate: X509Certificate | undefined): GatewayCertificate {
  if (text.state === 'key-missing') return { state: 'unreadable', problem: `it has no key "${text.key}".` };
  if (text.state !== 'found') return { state: text.state };
  if (certificate)
    return {
      state: 'read',
      notBefore: certificate.validFromDate.toISOString(),
      notAfter: certificate.validToDate.toISOString(),
    };
  const problem =
    text.pem.length > MAX_CHARACTERS ? "it's larger than 256 KB." : 'it contains no valid PEM certificate.';
  return { state: 'unreadable', problem };
}
