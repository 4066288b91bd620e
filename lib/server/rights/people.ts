import 'server-only';
import { createHash } from 'node:crypto';
import { paced } from '@/lib/plane/time/pace';
import type { ApiServerClock } from '@/lib/server/kube/api-server-clock';
import { type Impersonated, ImpersonatedConnection } from '@/lib/server/kube/impersonated-connection';
import { KubeClient } from '@/lib/server/kube/kube-client';
import type { KubeConnection } from '@/lib/server/kube/kube-connection';
import { asKubeError, KubeError } from '@/lib/server/kube/kube-error';
import { PersonConnection } from '@/lib/server/kube/person-connection';
import { monotonicMs } from '@/lib/server/process/monotonic-clock';
import { type PersonIdentity, reviewIdentity } from './identity-review';
import { requireImpersonated } from './impersonated-identity';

/** How long the API server's answer to who a person is counts. */
const USE_MS = 60_000;
const ANONYMOUS_GROUP = 'system:unauthenticated';
/** How long a rejected token isn't sent again. */
const REJECTED_MS = 5000;
/** How long the connections of a person without a request are kept. */
const KEEP_MS = 5 * 60_000;
const SWEEP_MS = 30_000;
/** Each has connections of its own. */
const MAX_PEOPLE = 1000;
/** Longer than any token of a person in some hundred groups; Node accepts headers up to 16 KB. */
const MAX_TOKEN_LENGTH = 12 * 1024;

/** A person whom the API server has accepted. */
export interface KnownPerson {
  readonly identity: PersonIdentity;
  readonly client: KubeClient;
}

interface IdentityReview {
  readonly identity: Promise<PersonIdentity>;
  /** Until when the answer counts, on the monotonic clock. */
  untilMs: number;
  isAccepted: boolean;
}

/** How a person's requests are sent. */
type OwnConnection = PersonConnection | ImpersonatedConnection;

interface Entry {
  readonly connection: OwnConnection;
  readonly client: KubeClient;
  /** Rejects an answer that isn't this person. */
  readonly check: (identity: PersonIdentity) => void;
  review: IdentityReview;
  usedAtMs: number;
}

/** The people who act with tokens of their own, or whom Planeboard's account acts for, each with a client of their own. */
export class People {
  private readonly entries = new Map<string, Entry>();
  private readonly timer = setInterval(() => this.sweep(), paced(SWEEP_MS)).unref();

  constructor(
    private readonly account: Pick<KubeConnection, 'clusterOnly' | 'proxy' | 'prepare' | 'generation'>,
    private readonly clock: ApiServerClock,
    private readonly maxPeople = MAX_PEOPLE,
  ) {}

  /**
   * Returns who a token belongs to, as the API server says now or said within the last minute.
   *
   * @throws KubeError `unauthorized` when the API server rejects the token, and others when it can't be asked
   */
  async byToken(token: string): Promise<KnownPerson> {
    if (token.length > MAX_TOKEN_LENGTH) throw new KubeError('unauthorized', 'The token is too long.', 401);
    const open = () => new PersonConnection(this.account, token);
    return this.known(keyOfToken(token), open, requireKnown);
  }

  /**
   * Returns a person whom Planeboard's account acts for, once the API server has said that it takes the requests for this
   * person's.
   *
   * @throws KubeError `unauthorized` for a user or group that must not be impersonated, or when something on the way drops
   * the headers; `forbidden` when the account may not impersonate them; and others when the API server can't be asked
   */
  async byImpersonation(person: Impersonated): Promise<KnownPerson> {
    const open = () => new ImpersonatedConnection(this.account, person);
    return this.known(keyOfImpersonated(person), open, (identity) => requireImpersonated(identity, person));
  }

  /** Asks the API server again the next time a token is used. */
  forget(token: string): void {
    const entry = this.entries.get(keyOfToken(token));
    if (entry) entry.review.untilMs = Number.NEGATIVE_INFINITY;
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    const entries = [...this.entries.values()];
    this.entries.clear();
    await Promise.all(entries.map(({ connection }) => connection.close()));
  }

  private async known(
    key: string,
    open: () => OwnConnection,
    check: (identity: PersonIdentity) => void,
  ): Promise<KnownPerson> {
    const { client, review } = this.entryOf(key, open, check);
    return { identity: await review.identity, client };
  }

  private entryOf(key: string, open: () => OwnConnection, check: (identity: PersonIdentity) => void): Entry {
    const nowMs = monotonicMs();
    const known = this.entries.get(key);
    if (known) {
      known.usedAtMs = nowMs;
      if (known.review.untilMs <= nowMs) known.review = startReview(known);
      return known;
    }
    const connection = open();
    const client = new KubeClient(connection, this.clock);
    this.makeRoom();
    const entry: Entry = {
      connection,
      client,
      check,
      review: startReview({ client, check }),
      usedAtMs: nowMs,
    };
    this.entries.set(key, entry);
    return entry;
  }

  private sweep(): void {
    const nowMs = monotonicMs();
    for (const [key, { usedAtMs }] of this.entries) if (nowMs - usedAtMs > paced(KEEP_MS)) this.drop(key);
  }

  /** Tokens that the API server hasn't accepted go first: thousands of invented ones must not push people out. */
  private makeRoom(): void {
    if (this.entries.size < this.maxPeople) return;
    const rank = ({ review, usedAtMs }: Entry) => (review.isAccepted ? usedAtMs : Number.NEGATIVE_INFINITY);
    let [first] = this.entries;
    for (const entry of this.entries) if (first && rank(entry[1]) < rank(first[1])) first = entry;
    if (first) this.drop(first[0]);
  }

  /** Lets what still runs end: it may be a write. */
  private drop(key: string): void {
    const entry = this.entries.get(key);
    this.entries.delete(key);
    void entry?.connection.retire();
  }
}

function startReview({ client, check }: Pick<Entry, 'client' | 'check'>): IdentityReview {
  const review: IdentityReview = {
    identity: reviewPerson(client, check),
    untilMs: monotonicMs() + paced(USE_MS),
    isAccepted: false,
  };
  review.identity.then(
    () => {
      review.isAccepted = true;
    },
    (error: unknown) => {
      // A failure says nothing about the next attempt, but a rejected token stays rejected.
      const waitMs = asKubeError(error).code === 'unauthorized' ? paced(REJECTED_MS) : 0;
      review.untilMs = monotonicMs() + waitMs;
    },
  );
  return review;
}

async function reviewPerson(client: KubeClient, check: Entry['check']): Promise<PersonIdentity> {
  const identity = await reviewIdentity(client);
  check(identity);
  return identity;
}

/**
 * A proxy that drops the header makes everyone anonymous, which must not count as signed in.
 *
 * @throws KubeError `unauthorized`
 */
function requireKnown({ groups }: PersonIdentity): void {
  if (!groups.includes(ANONYMOUS_GROUP)) return;
  throw new KubeError(
    'unauthorized',
    'The API server got no credential. Check any proxy in front of it.',
    401,
  );
}

/** Keeps the tokens themselves out of the map's keys. */
function keyOfToken(token: string): string {
  return `token:${createHash('sha256').update(token).digest('hex')}`;
}

/** The order of the groups means nothing, and repeating one doesn't either. */
function keyOfImpersonated({ user, groups }: Impersonated): string {
  return `impersonated:${JSON.stringify([user, [...new Set(groups)].toSorted()])}`;
}
