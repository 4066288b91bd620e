import 'server-only';
import type { UsedCredential } from '@/lib/plane/credentials/used-credentials';
import type { CertificateFact, CredentialFact } from '@/lib/plane/health/health-facts';
import { AGENT_CA_SLOT } from '@/lib/plane/history/traced-fields';
import { paced } from '@/lib/plane/time/pace';
import type { KubeClient } from '@/lib/server/kube/kube-client';
import type { SecretPlace } from '@/lib/server/kube/read-secret';
import { type CaReading, readCa } from './certificate-fact';
import { type CredentialReading, credentialFacts, readCredential } from './credential-reading';
import { type CredentialSources, hasSecrets, sourcesMark, withoutMaterial } from './credential-sources';
import type { KnownCertificate } from './known-certificate';
import { materialMark } from './material-mark';
import { type Replacement, type SecretChange, SecretChanges, type SecretReading } from './secret-changes';
import { SecretsOfPlane } from './secrets-of-plane';

/**
 * Secrets aren't watched. Reading a few of them every few minutes is cheaper, and needs only the right to get them.
 */
const REREAD_MS = 180_000;
/** Used after a failure that says nothing about the Secret: the API server was down or busy. */
const RETRY_MS = 10_000;
/** The age of a reading from which a plane's page has its Secrets read again. */
const VIEWED_REREAD_MS = 10_000;
const CONCURRENCY = 4;

const NOT_CHECKED: CertificateFact = { state: 'not-checked' };
const NOTHING_READ: CaReading = { fact: NOT_CHECKED, certificates: [] };
/** The CA's Secret exists, as far as anyone knows, but Planeboard's account may not read it. */
const FORBIDDEN: CaReading = { fact: NOT_CHECKED, certificates: [] };
const NO_CREDENTIALS: readonly CredentialFact[] = [];
/** Shared by all planes that have no credentials but the agent's CA: nearly all of a large fleet. */
const NO_READINGS: ReadonlyMap<string, CredentialReading> = new Map();

/** What was read of a plane's credentials. Credentials are by their slot's id. */
interface Readings {
  readonly ca: CaReading;
  readonly credentials: ReadonlyMap<string, CredentialReading>;
}

/** The certificates of one credential, and where they are stored. */
export interface StoredCertificates {
  /** The slot's id; the agent's CA has `AGENT_CA_SLOT`. */
  readonly slot: string;
  /** The Secret that holds them; null: the plane itself. */
  readonly secret: SecretPlace | null;
  /** Empty if none could be read. */
  readonly certificates: readonly KnownCertificate[];
}

interface Entry {
  /** Without the material that the plane holds itself. */
  readonly sources: CredentialSources;
  readonly mark: string;
  /** The plane's reconcile key when its Secrets were last read. */
  readonly reconcileKey: string;
  readings: Readings;
  facts: readonly CredentialFact[];
  /** When to read its Secrets again, on the monotonic clock; null: it has none, or a reading is under way. */
  rereadAtMs: number | null;
  /** When its Secrets were last read, on the monotonic clock. */
  readAtMs: number;
  readonly secretChanges: SecretChanges;
  /** The replacements that the plane remembers. */
  replacements: readonly Replacement[];
}

/**
 * The public facts of each plane's credentials: the CA that verifies its agent, and whatever else the control plane uses
 * for it. What a plane holds itself is read at once. Secrets are read in the background, a few at a time, and again every
 * few minutes. A Secret that can't be read is `not-checked`, never guessed. No secret material is kept.
 */
export class CertificateCache {
  private readonly entries = new Map<string, Entry>();
  private readonly queue = new Set<string>();
  private active = 0;
  private readonly stopping = new AbortController();

  /**
   * @param onFact called when a fact from a Secret has changed
   * @param onSecretChanges called before that when Secrets were changed so that their plane's connection may end, with
   * all changes that one reading showed
   */
  constructor(
    private readonly client: Pick<KubeClient, 'request'>,
    private readonly onFact: (uid: string) => void,
    private readonly onSecretChanges: (uid: string, changes: readonly SecretChange[]) => void = () => {},
  ) {}

  /**
   * Sets where a plane's credentials are stored. A new key triggers an immediate reading of the Secrets, because a plane
   * and its Secrets often change together.
   *
   * @param reconcileKey differs after each change of the plane, each refresh of its status and each change of its
   * connection
   * @param replacements those that the plane remembers
   */
  track(
    uid: string,
    sources: CredentialSources,
    reconcileKey: string,
    replacements: readonly Replacement[] = [],
  ): void {
    if (!sources.agentCa && sources.credentials.length === 0) {
      this.forget(uid);
      return;
    }
    const mark = sourcesMark(sources);
    const before = this.entries.get(uid);
    const known = before?.mark === mark ? before.readings : null;
    if (before) before.replacements = replacements;
    if (known && (before?.reconcileKey === reconcileKey || !hasSecrets(sources))) return;
    const readings = known ?? inlineReadings(sources);
    this.entries.set(uid, {
      sources: withoutMaterial(sources),
      mark,
      reconcileKey,
      readings,
      facts: credentialFacts(sources.credentials, (slot) => readings.credentials.get(slot)),
      rereadAtMs: null,
      readAtMs: 0,
      // Other places have other contents, and the change of the plane is in its history.
      secretChanges: known && before ? before.secretChanges : new SecretChanges(),
      replacements,
    });
    if (hasSecrets(sources)) this.enqueue(uid);
  }

  forget(uid: string): void {
    this.entries.delete(uid);
    this.queue.delete(uid);
  }

  /** Returns the fact about the CA that verifies a plane's agent. */
  factOf(uid: string): CertificateFact {
    return this.entries.get(uid)?.readings.ca.fact ?? NOT_CHECKED;
  }

  /** Returns the facts about the credentials that a plane uses besides the agent's CA. */
  credentialsOf(uid: string): readonly CredentialFact[] {
    return this.entries.get(uid)?.facts ?? NO_CREDENTIALS;
  }

  /**
   * Returns the Secret with the CA that verifies a plane's agent, and whether Planeboard's account was refused to read it;
   * null: the CA is in no Secret.
   */
  caSecretOf(uid: string): { readonly secret: SecretPlace; readonly isForbidden: boolean } | null {
    const entry = this.entries.get(uid);
    const agentCa = entry?.sources.agentCa;
    return entry && agentCa && 'secret' in agentCa
      ? { secret: agentCa.secret, isForbidden: entry.readings.ca === FORBIDDEN }
      : null;
  }

  /** Returns whether Planeboard's account was refused to read the CA that verifies a plane's agent. */
  isCaForbidden(uid: string): boolean {
    return this.entries.get(uid)?.readings.ca === FORBIDDEN;
  }

  /** Returns the number of planes whose CA it was refused to read. */
  countForbiddenCas(): number {
    let count = 0;
    for (const { readings } of this.entries.values()) if (readings.ca === FORBIDDEN) count += 1;
    return count;
  }

  /** Returns the SHA-256 fingerprints of a plane's agent CA, in upper-case hex with colons; empty if none were read. */
  fingerprintsOf(uid: string): readonly string[] {
    return (this.entries.get(uid)?.readings.ca ?? NOTHING_READ).certificates.map(
      ({ fingerprint }) => fingerprint,
    );
  }

  /** Returns the certificates that a plane's connection depends on, and where each is stored. */
  storedCertificatesOf(uid: string): readonly StoredCertificates[] {
    const entry = this.entries.get(uid);
    if (!entry) return [];
    const { agentCa, credentials } = entry.sources;
    const { ca, credentials: readings } = entry.readings;
    const stored: StoredCertificates[] = [];
    if (agentCa && !('absent' in agentCa)) {
      const secret = 'secret' in agentCa ? agentCa.secret : null;
      stored.push({ slot: AGENT_CA_SLOT, secret, certificates: ca.certificates });
    }
    for (const { slot, purpose, place } of credentials) {
      if (purpose !== 'server-ca' && purpose !== 'client-certificate') continue;
      if (place.at !== 'secret' && place.at !== 'inline') continue;
      const secret = place.at === 'secret' ? place.secret : null;
      stored.push({ slot, secret, certificates: readings.get(slot)?.certificates ?? [] });
    }
    return stored;
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

  /**
   * Reads a plane's Secrets again now, unless that was seconds ago. For a plane that someone looks at: its page reads the
   * same Secrets as the caller, and two answers that differ for minutes would contradict each other there.
   */
  viewed(uid: string): void {
    const entry = this.entries.get(uid);
    if (!entry || entry.rereadAtMs === null) return;
    if (performance.now() - entry.readAtMs < paced(VIEWED_REREAD_MS)) return;
    entry.rereadAtMs = null;
    this.enqueue(uid);
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
      if (!entry || this.stopping.signal.aborted) continue;
      const secrets = new SecretsOfPlane(this.client, this.stopping.signal);
      const readings = await this.read(entry, secrets);
      if (this.entries.get(uid) !== entry) continue;
      entry.readAtMs = performance.now();
      entry.rereadAtMs = entry.readAtMs + paced(secrets.hasFailed ? RETRY_MS : REREAD_MS);
      // A failed request says nothing about its Secret.
      const changes = secrets.hasFailed ? [] : secretChanges(entry, readings);
      if (changes.length > 0) this.onSecretChanges(uid, changes);
      if (this.accept(entry, readings)) this.onFact(uid);
    }
    this.active -= 1;
  }

  /** Stores new readings. Returns whether a fact differs. */
  private accept(entry: Entry, readings: Readings): boolean {
    const before = JSON.stringify([entry.readings.ca.fact, entry.facts]);
    entry.readings = readings;
    entry.facts = credentialFacts(entry.sources.credentials, (slot) => readings.credentials.get(slot));
    return before !== JSON.stringify([readings.ca.fact, entry.facts]);
  }

  /** Reads all Secrets of a plane. While the API server is down, the last known fact is still the best. */
  private async read({ sources, readings }: Entry, secrets: SecretsOfPlane): Promise<Readings> {
    const { agentCa } = sources;
    const ca =
      agentCa && 'secret' in agentCa
        ? ((await secrets.read(agentCa.secret, readAgentCa, (fact) =>
            fact.state === 'not-checked' ? FORBIDDEN : { fact, certificates: [] },
          )) ?? readings.ca)
        : readings.ca;
    if (sources.credentials.length === 0) return { ca, credentials: NO_READINGS };
    const credentials = new Map(readings.credentials);
    for (const credential of sources.credentials) {
      const { place } = credential;
      if (place.at !== 'secret' && place.at !== 'whole-secret') continue;
      const reading =
        place.at === 'secret'
          ? await secrets.read(
              place.secret,
              (text) => readSecretCredential(credential, text),
              (fact) => ({ fact }),
            )
          : await secrets.exists(place);
      if (reading) credentials.set(credential.slot, reading);
    }
    return { ca, credentials };
  }
}

function readAgentCa(material: string): CaReading {
  return readCa(material, 'agent-ca');
}

function readSecretCredential(credential: UsedCredential, text: string): CredentialReading {
  const reading = readCredential(credential, text, 'secret');
  return { ...reading, mark: materialMark(text, reading) };
}

function inlineReadings({ agentCa, credentials }: CredentialSources): Readings {
  const ca =
    agentCa && 'inline' in agentCa
      ? readAgentCa(agentCa.inline)
      : agentCa && 'absent' in agentCa
        ? { fact: { state: 'absent' as const }, certificates: [] }
        : NOTHING_READ;
  const read = credentials.flatMap((credential): [string, CredentialReading][] => {
    const { slot, place } = credential;
    if (place.at === 'absent') return [[slot, { fact: { state: 'absent' } }]];
    return place.at === 'inline' ? [[slot, readCredential(credential, place.text, 'inline')]] : [];
  });
  return { ca, credentials: read.length === 0 ? NO_READINGS : new Map(read) };
}

/** Returns the changes of the Secrets of a plane since they were read before. */
function secretChanges(
  { sources, secretChanges: changes, replacements, readAtMs: monotonicMs }: Entry,
  readings: Readings,
): SecretChange[] {
  const found: (SecretChange | null)[] = [];
  const compare = (slot: string, { namespace, name, key }: SecretPlace, reading: SecretReading) => {
    const place = { secret: `${namespace}/${name}`, key, slot };
    found.push(changes.read(place, reading, replacements, { nowMs: Date.now(), monotonicMs }));
  };
  const { agentCa, credentials } = sources;
  if (agentCa && 'secret' in agentCa) compare(AGENT_CA_SLOT, agentCa.secret, readings.ca);
  for (const { slot, place } of credentials) {
    const reading = place.at === 'secret' ? readings.credentials.get(slot) : undefined;
    if (place.at === 'secret' && reading) compare(slot, place.secret, reading);
  }
  return found.filter((change) => change !== null);
}
