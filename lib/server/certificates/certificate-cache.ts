import 'server-only';
import { createHash } from 'node:crypto';
import type { CertificateFact } from '@/lib/plane/health/health-facts';
import type { ClientCaSource } from '@/lib/plane/model/client-ca';
import { isKubernetesName } from '@/lib/plane/model/plane-path';
import { paced } from '@/lib/plane/time/pace';
import type { KubeClient } from '@/lib/server/kube/kube-client';
import { asKubeError } from '@/lib/server/kube/kube-error';
import { readLiveSecret } from '@/lib/server/kube/read-secret';
import { type CaReading, readCa } from './certificate-fact';

/**
 * Secrets aren't watched. Reading a few of them every few minutes is cheaper, and needs only the right to get them.
 */
const REREAD_MS = 180_000;
/** Used after a failure that says nothing about the Secret: the API server was down or busy. */
const RETRY_MS = 10_000;
const CONCURRENCY = 4;
const READ_TIMEOUT_MS = 10_000;

const NOT_CHECKED: CertificateFact = { state: 'not-checked' };
const NOTHING_READ: CaReading = { fact: NOT_CHECKED, fingerprints: [] };

interface Entry {
  readonly source: ClientCaSource;
  /** The plane's reconcile key when its Secret was last read. */
  readonly reconcileKey: string;
  reading: CaReading;
  /** When to read it again, on the monotonic clock; null: it isn't read, or a reading is under way. */
  rereadAtMs: number | null;
}

interface SecretReading {
  readonly reading: CaReading;
  readonly rereadInMs: number;
}

/**
 * The public facts of each plane's CA. Inline CAs are read at once. Those in Secrets are read in the background, a
 * few at a time, and again every few minutes. A Secret that can't be read is `not-checked`, never guessed.
 */
export class CertificateCache {
  private readonly entries = new Map<string, Entry>();
  private readonly queue = new Set<string>();
  private active = 0;
  private readonly stopping = new AbortController();

  /** @param onFact called when a Secret's fact has changed */
  constructor(
    private readonly client: Pick<KubeClient, 'request'>,
    private readonly onFact: (uid: string) => void,
  ) {}

  /**
   * Sets where a plane's CA is stored; null: it has none to check. A new key triggers an immediate reading of the
   * Secret, because a plane and its Secret often change together.
   *
   * @param reconcileKey differs after each change of the plane and each refresh of its status
   */
  track(uid: string, source: ClientCaSource | null, reconcileKey: string): void {
    if (!source) {
      this.forget(uid);
      return;
    }
    const before = this.entries.get(uid);
    const same = before !== undefined && sameSource(before.source, source);
    if (same && (before.reconcileKey === reconcileKey || !('secret' in source))) return;
    const reading = 'inline' in source ? readCa(source.inline) : firstReading(source);
    this.entries.set(uid, {
      source: withoutMaterial(source),
      reconcileKey,
      reading: same ? before.reading : reading,
      rereadAtMs: null,
    });
    if ('secret' in source) this.enqueue(uid);
  }

  forget(uid: string): void {
    this.entries.delete(uid);
    this.queue.delete(uid);
  }

  factOf(uid: string): CertificateFact {
    return this.entries.get(uid)?.reading.fact ?? NOT_CHECKED;
  }

  /** Returns the SHA-256 fingerprints of a plane's CA, in upper-case hex with colons; empty if none were read. */
  fingerprintsOf(uid: string): readonly string[] {
    return (this.entries.get(uid)?.reading ?? NOTHING_READ).fingerprints;
  }

  /** Reads the Secrets that are due again; called every few seconds. */
  tick(): void {
    const nowMs = performance.now();
    for (const [uid, entry] of this.entries) {
      if (entry.rereadAtMs !== null && entry.rereadAtMs <= nowMs) {
        entry.rereadAtMs = null;
        this.enqueue(uid);
      }
    }
  }

  stop(): void {
    this.stopping.abort();
    this.queue.clear();
  }

  private enqueue(uid: string): void {
    this.queue.add(uid);
    while (this.active < CONCURRENCY && this.queue.size > 0) void this.work();
  }

  private async work(): Promise<void> {
    this.active += 1;
    for (const uid of this.queue) {
      this.queue.delete(uid);
      const entry = this.entries.get(uid);
      if (!entry || !('secret' in entry.source) || this.stopping.signal.aborted) continue;
      const { reading, rereadInMs } = await this.read(entry.source.secret, entry.reading);
      if (this.entries.get(uid) !== entry) continue;
      entry.rereadAtMs = performance.now() + rereadInMs;
      const changed = JSON.stringify(reading.fact) !== JSON.stringify(entry.reading.fact);
      entry.reading = reading;
      if (changed) this.onFact(uid);
    }
    this.active -= 1;
  }

  private async read(
    { namespace, name, key }: { namespace: string; name: string; key: string },
    known: CaReading,
  ): Promise<SecretReading> {
    const secret = `${namespace}/${name}`;
    // A resource can contain any name: `..` would redirect the request, and no Secret has such a name.
    if (!isKubernetesName(namespace) || !isKubernetesName(name))
      return answered(without({ state: 'secret-missing', secret }));
    try {
      const options = { signal: this.stopping.signal, timeoutMs: READ_TIMEOUT_MS };
      const live = await readLiveSecret(this.client, { namespace, name }, options);
      if (!live) return answered(without({ state: 'secret-missing', secret }));
      const text = live.textOf(key) ?? '';
      return answered(text === '' ? without({ state: 'key-missing', secret, key }) : readCa(text));
    } catch (error) {
      if (asKubeError(error).code === 'forbidden') return answered(NOTHING_READ);
      // While the API server is down, the last known fact is still the best.
      return { reading: known, rereadInMs: paced(RETRY_MS) };
    }
  }
}

function answered(reading: CaReading): SecretReading {
  return { reading, rereadInMs: paced(REREAD_MS) };
}

function firstReading(source: ClientCaSource): CaReading {
  return 'absent' in source ? without({ state: 'absent' }) : NOTHING_READ;
}

function without(fact: CertificateFact): CaReading {
  return { fact, fingerprints: [] };
}

/** Replaces inline material with its digest, which is enough to compare two texts. */
function withoutMaterial(source: ClientCaSource): ClientCaSource {
  return 'inline' in source ? { inline: digest(source.inline) } : source;
}

function sameSource(stored: ClientCaSource, source: ClientCaSource): boolean {
  return JSON.stringify(stored) === JSON.stringify(withoutMaterial(source));
}

function digest(material: string): string {
  return createHash('sha256').update(material).digest('base64');
}
