import 'server-only';
import type { Source } from '@/lib/api/fleet';
import type { HealthLimits } from '@/lib/plane/health/health-facts';
import { isContactFresh } from '@/lib/plane/health/heartbeat';
import { paced } from '@/lib/plane/time/pace';
import { ContactTime } from './contact-time';

/** After proof within this time, a failed probe of the API server says nothing about the source. */
const RECENT_PROOF_MS = 5000;
/** A watch is checked every 5 s. One that proves nothing for this long isn't live, though nothing has failed. */
const UNPROVEN_MS = 20_000;

interface SourceEntry {
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
 * The state of each served plane kind's watch, and when that watch last proved its planes current. Nothing else proves
 * it: a watch may deliver nothing while the API server answers everything else.
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

  add(plural: string): void {
    if (this.entries.has(plural)) return;
    this.entries.set(plural, {
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

  remove(plural: string): void {
    if (this.entries.delete(plural)) this.onChange();
  }

  /** Records that the complete list has arrived. */
  listed(plural: string): void {
    const entry = this.entries.get(plural);
    if (entry) entry.listed = true;
    this.contact(plural);
  }

  /** Records that the watch is open. It counts as live once it has proven something. */
  watching(plural: string): void {
    const entry = this.entries.get(plural);
    if (!entry) return;
    entry.open = true;
    this.settle(plural, entry);
  }

  /** Records proof that the planes are current: from a list, over the watch, or by a page that agrees with it. */
  contact(plural: string): void {
    const entry = this.entries.get(plural);
    if (!entry) return;
    entry.lastProof = new ContactTime();
    entry.proven = true;
    entry.checkProblem = null;
    this.settle(plural, entry);
  }

  /** Records that a check of the watch failed, which proves nothing. */
  unproven(plural: string, problem: string): void {
    const entry = this.entries.get(plural);
    if (entry) entry.checkProblem = problem;
  }

  failed(plural: string, forbidden: boolean, problem: string): void {
    const entry = this.entries.get(plural);
    if (!entry) return;
    entry.open = false;
    entry.proven = false;
    this.setState(plural, forbidden ? 'forbidden' : entry.listed ? 'lost' : 'syncing', problem);
  }

  /** Records that the right to list is gone, so the kind is no longer completely known. */
  refused(plural: string, problem: string): void {
    const entry = this.entries.get(plural);
    if (entry) entry.listed = false;
    this.failed(plural, true, problem);
  }

  /**
   * Records that the API server could not be reached: sources that haven't proven anything just now are lost. Returns
   * their plurals, whose connections should be broken.
   */
  lostContact(problem: string): string[] {
    const silent = [...this.entries]
      .filter(([, entry]) => entry.open && ageMs(entry) > paced(RECENT_PROOF_MS))
      .map(([plural]) => plural);
    for (const plural of silent) this.failed(plural, false, problem);
    return silent;
  }

  /**
   * Checks how old each source's proof is. Returns the plurals of those whose contact became fresh or old.
   *
   * @param nowMs the API server's clock
   */
  refresh(nowMs: number): string[] {
    return [...this.entries].flatMap(([plural, entry]) => {
      if (entry.state === 'live' && ageMs(entry) > paced(UNPROVEN_MS)) {
        entry.proven = false;
        this.setState(plural, 'lost', unprovenText(entry));
      }
      const fresh = isContactFresh(contactAtMs(entry, nowMs), this.limits, nowMs);
      if (entry.fresh === fresh) return [];
      entry.fresh = fresh;
      return [plural];
    });
  }

  isFresh(plural: string): boolean {
    return this.entries.get(plural)?.fresh === true;
  }

  /**
   * The contact that health is derived from, on the API server's clock like `nowMs`; null: never, or no such source. It
   * moves every few seconds. While it is fresh its age changes no health, so it counts as now.
   */
  contactAtMs(plural: string, nowMs: number): number | null {
    const entry = this.entries.get(plural);
    if (!entry) return null;
    return entry.fresh === true ? nowMs : contactAtMs(entry, nowMs);
  }

  /** Whether the kind is completely known, so a plane that the store doesn't hold doesn't exist. */
  isListed(plural: string): boolean {
    return this.entries.get(plural)?.listed ?? false;
  }

  /** Undefined when there is no such source. */
  stateOf(plural: string): Source['state'] | undefined {
    return this.entries.get(plural)?.state;
  }

  plurals(): string[] {
    return [...this.entries.keys()];
  }

  /** The plurals of all sources whose planes aren't known to be current. */
  notLive(): string[] {
    return [...this.entries].filter(([, entry]) => entry.state !== 'live').map(([plural]) => plural);
  }

  /** The plurals of all sources whose watch isn't open. */
  notWatching(): string[] {
    return [...this.entries].filter(([, entry]) => !entry.open).map(([plural]) => plural);
  }

  wire(): Source[] {
    const nowMs = this.nowMs();
    return [...this.entries].map(([plural, { state, problem, lastProof }]) => ({
      plural,
      state,
      lastContactAt: lastProof && new Date(lastProof.toldAtMs(nowMs)).toISOString(),
      ...(problem === null ? {} : { problem }),
    }));
  }

  private settle(plural: string, entry: SourceEntry): void {
    if (entry.open && entry.proven) this.setState(plural, 'live', null);
  }

  private setState(plural: string, state: Source['state'], problem: string | null): void {
    const entry = this.entries.get(plural);
    if (!entry || (entry.state === state && entry.problem === problem)) return;
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
