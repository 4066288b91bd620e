import 'server-only';
import { createHash } from 'node:crypto';
import { paced } from '@/lib/plane/time/pace';
import type { ApiServerClock } from '@/lib/server/kube/api-server-clock';
import { KubeClient } from '@/lib/server/kube/kube-client';
import type { KubeConnection } from '@/lib/server/kube/kube-connection';
import { asKubeError, KubeError } from '@/lib/server/kube/kube-error';
import { PersonConnection } from '@/lib/server/kube/person-connection';
import { monotonicMs } from '@/lib/server/process/monotonic-clock';
import { type PersonIdentity, reviewIdentity } from './identity-review';

/** How long the API server's answer to who a token is counts. */
const USE_MS = 60_000;
/** How long a rejected token isn't sent again. */
const REJECTED_MS = 5000;
/** How long the connections of a person without a request are kept. */
const KEEP_MS = 5 * 60_000;
const SWEEP_MS = 30_000;
/** Each has connections of its own. */
const MAX_PEOPLE = 1000;
/** Longer than any token of a person in some hundred groups; Node accepts headers up to 16 KB. */
const MAX_TOKEN_LENGTH = 12 * 1024;

/** A person whose token the API server has accepted. */
export interface KnownPerson {
  readonly identity: PersonIdentity;
  readonly client: KubeClient;
}

interface Entry {
  readonly connection: PersonConnection;
  readonly client: KubeClient;
  identity: Promise<PersonIdentity>;
  untilMs: number;
  usedAtMs: number;
}

/** The people who send requests with tokens of their own, each with a client of their own. */
export class People {
  private readonly entries = new Map<string, Entry>();
  private readonly timer = setInterval(() => this.sweep(), paced(SWEEP_MS)).unref();

  constructor(
    private readonly account: Pick<KubeConnection, 'clusterOnly' | 'proxy'>,
    private readonly clock: ApiServerClock,
  ) {}

  /**
   * Returns who a token belongs to, as the API server says now or said within the last minute.
   *
   * @throws KubeError `unauthorized` when the API server rejects the token, and others when it can't be asked
   */
  async byToken(token: string): Promise<KnownPerson> {
    if (token.length > MAX_TOKEN_LENGTH) throw new KubeError('unauthorized', 'The token is too long.', 401);
    const entry = this.entryOf(token);
    return { identity: await entry.identity, client: entry.client };
  }

  /** Asks the API server again the next time a token is used. */
  forget(token: string): void {
    const entry = this.entries.get(keyOf(token));
    if (entry) entry.untilMs = Number.NEGATIVE_INFINITY;
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    const entries = [...this.entries.values()];
    this.entries.clear();
    await Promise.all(entries.map(({ connection }) => connection.close()));
  }

  private entryOf(token: string): Entry {
    const key = keyOf(token);
    const nowMs = monotonicMs();
    const known = this.entries.get(key);
    if (known) {
      known.usedAtMs = nowMs;
      if (known.untilMs <= nowMs) this.review(known, nowMs);
      return known;
    }
    const connection = new PersonConnection(this.account, token);
    const client = new KubeClient(connection, this.clock);
    const entry: Entry = { connection, client, identity: NOBODY, untilMs: nowMs, usedAtMs: nowMs };
    this.makeRoom();
    this.entries.set(key, entry);
    this.review(entry, nowMs);
    return entry;
  }

  private review(entry: Entry, nowMs: number): void {
    const review = reviewIdentity(entry.client);
    entry.identity = review;
    entry.untilMs = nowMs + paced(USE_MS);
    review.catch((error: unknown) => {
      if (entry.identity !== review) return;
      // A failure says nothing about the next attempt, but a rejected token stays rejected.
      const waitMs = asKubeError(error).code === 'unauthorized' ? paced(REJECTED_MS) : 0;
      entry.untilMs = monotonicMs() + waitMs;
    });
  }

  private sweep(): void {
    const nowMs = monotonicMs();
    for (const [key, { usedAtMs }] of this.entries) if (nowMs - usedAtMs > paced(KEEP_MS)) this.drop(key);
  }

  /** Drops whoever has sent no request for longest: a stranger with a thousand tokens mustn't fill the memory. */
  private makeRoom(): void {
    if (this.entries.size < MAX_PEOPLE) return;
    const [oldest] = [...this.entries].toSorted(([, a], [, b]) => a.usedAtMs - b.usedAtMs);
    if (oldest) this.drop(oldest[0]);
  }

  private drop(key: string): void {
    const entry = this.entries.get(key);
    this.entries.delete(key);
    void entry?.connection.close();
  }
}

const NOBODY: Promise<PersonIdentity> = new Promise(() => {});

/** The token itself isn't kept as a key, which could end up in a dump of the map. */
function keyOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
