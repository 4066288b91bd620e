import 'server-only';
import type { NamespaceSource, Source } from '@/lib/api/fleet';
import { coveringValue, scopeKey, type WatchScope } from '@/lib/plane/fleet/watch-scope';
import type { HealthLimits } from '@/lib/plane/health/health-facts';
import { isContactFresh } from '@/lib/plane/health/heartbeat';
import { paced } from '@/lib/plane/time/pace';
import { ContactTime } from './contact-time';
import { joinedSource } from './kind-source';

/** After proof within this time, a failed probe of the API server says nothing about the source. */
const RECENT_PROOF_MS = 5000;
/** A watch is checked every 5 s. One that proves nothing for this long isn't live, though nothing has failed. */
const UNPROVEN_MS = 20_000;

interface SourceEntry {
  readonly scope: WatchScope;
  state: Source['state'];
  problem: string | null;
  /** When its watch or a list last proved that its planes are current; null: never. */
  lastProof: ContactTime | null;
  /** Whether its watch is open. */
  open: boolean;
  /** Whether anything has been proven since its watch last failed. */
  proven: boolean;
  /** Why the last check of its watch failed; null: it didn't, or something was proven since. */
  checkProblem: string | null;
  /** Whether its complete list has arrived once. */
  listed: boolean;
  /** Whether its contact was fresh at the last check, so that its planes count as current; null: not checked yet. */
  fresh: boolean | null;
}

/**
 * The state of each watch, and when it last proved its planes current. Nothing else proves it: a watch may deliver nothing
 * while the API server answers everything else. A served kind has one watch, or one for each of some namespaces, and then
 * it is never known completely.
 */
export class SourceTable {
  private readonly entries = new Map<string, SourceEntry>();

  /**
   * @param nowMs the API server's clock
   * @param onChange called when a state or problem changes, but not for contact alone
   */
  constructor(
    private readonly limits: HealthLimits,
    private readonly nowMs: () => number,
    private readonly onChange: () => void,
  ) {}

  add(scope: WatchScope): void {
    if (this.entries.has(scopeKey(scope))) return;
    this.entries.set(scopeKey(scope), {
      scope,
      state: 'syncing',
      problem: null,
      lastProof: null,
      open: false,
      proven: false,
      checkProblem: null,
      listed: false,
      fresh: null,
    });
    this.onChange();
  }

  /** Removes all watches of a kind. */
  remove(plural: string): void {
    for (const [key, { scope }] of this.entries)
      if (scope.plural === plural && this.entries.delete(key)) this.onChange();
  }

  /** Records that the complete list has arrived. */
  listed(scope: WatchScope): void {
    const entry = this.entryOf(scope);
    if (entry) entry.listed = true;
    this.contact(scope);
  }

  /** Records that the watch is open. It counts as live once it has proven something. */
  watching(scope: WatchScope): void {
    const entry = this.entryOf(scope);
    if (!entry) return;
    entry.open = true;
    this.settle(entry);
  }

  /** Records proof that the planes are current: from a list, over the watch, or by a page that agrees with it. */
  contact(scope: WatchScope): void {
    const entry = this.entryOf(scope);
    if (!entry) return;
    entry.lastProof = new ContactTime();
    entry.proven = true;
    entry.checkProblem = null;
    this.settle(entry);
  }

  /** Records that a check of the watch failed, which proves nothing. */
  unproven(scope: WatchScope, problem: string): void {
    const entry = this.entryOf(scope);
    if (entry) entry.checkProblem = problem;
  }

  failed(scope: WatchScope, forbidden: boolean, problem: string): void {
    const entry = this.entryOf(scope);
    if (!entry) return;
    entry.open = false;
    entry.proven = false;
    this.setState(entry, forbidden ? 'forbidden' : entry.listed ? 'lost' : 'syncing', problem);
  }

  /** Records that the right to list is gone, so the planes of the scope are no longer completely known. */
  refused(scope: WatchScope, problem: string): void {
    const entry = this.entryOf(scope);
    if (entry) entry.listed = false;
    this.failed(scope, true, problem);
  }

  /**
   * Records that the API server could not be reached: sources that haven't proven anything just now are lost. Returns
   * their scopes, whose connections should be broken.
   */
  lostContact(problem: string): WatchScope[] {
    const silent = [...this.entries.values()]
      .filter((entry) => entry.open && ageMs(entry) > paced(RECENT_PROOF_MS))
      .map(({ scope }) => scope);
    for (const scope of silent) this.failed(scope, false, problem);
    return silent;
  }

  /**
   * Checks how old each source's proof is. Returns the scopes of those whose contact became fresh or old.
   *
   * @param nowMs the API server's clock
   */
  refresh(nowMs: number): WatchScope[] {
    return [...this.entries.values()].flatMap((entry) => {
      if (entry.state === 'live' && ageMs(entry) > paced(UNPROVEN_MS)) {
        entry.proven = false;
        this.setState(entry, 'lost', unprovenText(entry));
      }
      const fresh = isContactFresh(contactAtMs(entry, nowMs), this.limits, nowMs);
      if (entry.fresh === fresh) return [];
      entry.fresh = fresh;
      return [entry.scope];
    });
  }

  /** @param scope a plane, or what a watch covers */
  isFresh(scope: WatchScope): boolean {
    return this.entryOf(scope)?.fresh === true;
  }

  /**
   * The contact that health is derived from, on the API server's clock like `nowMs`; null: never, or no such source. It
   * moves every few seconds. While it is fresh its age changes no health, so it counts as now.
   *
   * @param scope a plane, or what a watch covers
   */
  contactAtMs(scope: WatchScope, nowMs: number): number | null {
    const entry = this.entryOf(scope);
    if (!entry) return null;
    return entry.fresh === true ? nowMs : contactAtMs(entry, nowMs);
  }

  /**
   * Whether the planes of a scope are completely known, so one that the store doesn't hold doesn't exist.
   *
   * @param scope a plane, or what a watch covers
   */
  isListed(scope: WatchScope): boolean {
    return this.entryOf(scope)?.listed ?? false;
  }

  /** Whether all planes of a kind are known: it has been listed in all namespaces, or isn't served. */
  isComplete(plural: string): boolean {
    return !this.isServed(plural) || this.isListed({ plural });
  }

  /** Whether a kind has a source, even if nothing is known of it. */
  isServed(plural: string): boolean {
    if (this.entries.has(plural)) return true;
    for (const { scope } of this.entries.values()) if (scope.plural === plural) return true;
    return false;
  }

  /**
   * Undefined when there is no such source.
   *
   * @param scope a plane, or what a watch covers
   */
  stateOf(scope: WatchScope): Source['state'] | undefined {
    return this.entryOf(scope)?.state;
  }

  plurals(): string[] {
    return [...new Set(this.all().map(({ scope }) => scope.plural))];
  }

  /** The namespaces that are watched one by one; none if kinds are watched as a whole. */
  namespaces(): string[] {
    return [...new Set(this.all().flatMap(({ scope }) => scope.namespace ?? []))];
  }

  /** The scopes of all sources whose watch isn't open. */
  notWatching(): WatchScope[] {
    return this.all()
      .filter(({ open }) => !open)
      .map(({ scope }) => scope);
  }

  /** The state of each watch, and what went wrong. */
  watches(): readonly Readonly<Pick<SourceEntry, 'scope' | 'state' | 'problem'>>[] {
    return this.all();
  }

  /** Returns one source for each kind. */
  wire(): Source[] {
    const nowMs = this.nowMs();
    const kinds = new Map<string, Source | NamespaceSource[]>();
    for (const { scope, state, problem, lastProof } of this.entries.values()) {
      const { plural, namespace } = scope;
      const lastContactAt = lastProof && new Date(lastProof.toldAtMs(nowMs)).toISOString();
      const known = { state, lastContactAt, ...(problem === null ? {} : { problem }) };
      const parts = kinds.get(plural);
      if (namespace === undefined) kinds.set(plural, { plural, ...known });
      else if (Array.isArray(parts)) parts.push({ namespace, ...known });
      else kinds.set(plural, [{ namespace, ...known }]);
    }
    return [...kinds].map(([plural, known]) => (Array.isArray(known) ? joinedSource(plural, known) : known));
  }

  private all(): SourceEntry[] {
    return [...this.entries.values()];
  }

  private entryOf(scope: WatchScope): SourceEntry | undefined {
    return coveringValue(this.entries, scope);
  }

  private settle(entry: SourceEntry): void {
    if (entry.open && entry.proven) this.setState(entry, 'live', null);
  }

  private setState(entry: SourceEntry, state: Source['state'], problem: string | null): void {
    if (entry.state === state && entry.problem === problem) return;
    entry.state = state;
    entry.problem = problem;
    this.onChange();
  }
}

function ageMs({ lastProof }: SourceEntry): number {
  return lastProof?.ageMs() ?? Number.POSITIVE_INFINITY;
}

/** Returns the last contact on the API server's clock, which may have been set since; null: never. */
function contactAtMs(entry: SourceEntry, nowMs: number): number | null {
  return entry.lastProof && nowMs - entry.lastProof.ageMs();
}

function unprovenText({ checkProblem }: SourceEntry): string {
  return checkProblem === null
    ? "It isn't known whether the watch still delivers changes."
    : `It isn't known whether the watch still delivers changes, because a check failed: ${checkProblem}`;
}
