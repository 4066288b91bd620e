import 'server-only';
import type { Source } from '@/lib/api/fleet';
import type { HealthLimits } from '@/lib/plane/health/health-facts';
import { isContactFresh } from '@/lib/plane/health/heartbeat';
import { paced } from '@/lib/plane/time/pace';
import { monotonicMs } from '@/lib/server/process/monotonic-clock';

/** After contact over its own watch within this time, a failed light request says nothing about the source. */
const OWN_CONTACT_MS = 5000;

interface SourceEntry {
  state: Source['state'];
  problem: string | null;
  /** On the API server's clock. */
  lastContactAtMs: number | null;
  /** When something last arrived over its own watch, on the monotonic clock. */
  ownContactAtMs: number;
  /** Whether its complete list has arrived once. */
  listed: boolean;
  /** Whether its contact was fresh at the last check, so that its planes count as current; null: not checked yet. */
  fresh: boolean | null;
}

/**
 * The state of each served plane kind's watch, and when contact with the API server last proved its planes current.
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
      lastContactAtMs: null,
      ownContactAtMs: Number.NEGATIVE_INFINITY,
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

  /** Records that the watch is open, so every later change arrives. */
  watching(plural: string): void {
    this.contact(plural);
    this.setState(plural, 'live', null);
  }

  /** Records that something arrived over the source's own connection. */
  contact(plural: string): void {
    const entry = this.entries.get(plural);
    if (!entry) return;
    entry.lastContactAtMs = this.nowMs();
    entry.ownContactAtMs = monotonicMs();
  }

  /**
   * Records that the API server answered another request. Sources with an open watch are then current, because it
   * would have reported changes.
   */
  apiServerAnswered(): void {
    for (const entry of this.entries.values()) {
      if (entry.state === 'live') entry.lastContactAtMs = this.nowMs();
    }
  }

  failed(plural: string, forbidden: boolean, problem: string): void {
    const listed = this.entries.get(plural)?.listed === true;
    this.setState(plural, forbidden ? 'forbidden' : listed ? 'lost' : 'syncing', problem);
  }

  /** Records that the right to list is gone, so the kind is no longer completely known. */
  refused(plural: string, problem: string): void {
    const entry = this.entries.get(plural);
    if (entry) entry.listed = false;
    this.setState(plural, 'forbidden', problem);
  }

  /**
   * Records that the API server could not be reached: sources whose watch is silent as well are lost. Returns
   * their plurals, whose connections should be broken.
   */
  lostContact(problem: string): string[] {
    const silentSinceMs = monotonicMs() - paced(OWN_CONTACT_MS);
    const silent = [...this.entries].filter(
      ([, entry]) => entry.state === 'live' && entry.ownContactAtMs < silentSinceMs,
    );
    for (const [plural] of silent) this.setState(plural, 'lost', problem);
    return silent.map(([plural]) => plural);
  }

  /** Checks how fresh each source's contact is. Returns the plurals of those that became fresh or old. */
  refresh(nowMs: number): string[] {
    return [...this.entries].flatMap(([plural, entry]) => {
      const fresh = isContactFresh(entry.lastContactAtMs, this.limits, nowMs);
      if (entry.fresh === fresh) return [];
      entry.fresh = fresh;
      return [plural];
    });
  }

  isFresh(plural: string): boolean {
    return this.entries.get(plural)?.fresh === true;
  }

  /** The last contact, on the API server's clock; null: never, or no such source. */
  lastContactAtMs(plural: string): number | null {
    return this.entries.get(plural)?.lastContactAtMs ?? null;
  }

  /**
   * The contact that health is derived from. It moves every few seconds. While it is fresh its age changes no health,
   * so it counts as now.
   */
  contactAtMs(plural: string, nowMs: number): number | null {
    return this.isFresh(plural) ? nowMs : this.lastContactAtMs(plural);
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

  /** The plurals of all sources whose watch isn't open. */
  notLive(): string[] {
    return [...this.entries].filter(([, entry]) => entry.state !== 'live').map(([plural]) => plural);
  }

  wire(): Source[] {
    return [...this.entries].map(([plural, { state, lastContactAtMs, problem }]) => ({
      plural,
      state,
      lastContactAt: lastContactAtMs === null ? null : new Date(lastContactAtMs).toISOString(),
      ...(problem === null ? {} : { problem }),
    }));
  }

  private setState(plural: string, state: Source['state'], problem: string | null): void {
    const entry = this.entries.get(plural);
    if (!entry || (entry.state === state && entry.problem === problem)) return;
    entry.state = state;
    entry.problem = problem;
    this.onChange();
  }
}
