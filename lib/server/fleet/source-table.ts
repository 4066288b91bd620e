import 'server-only';
import type { Source } from '@/lib/api/fleet';
import type { HealthLimits } from '@/lib/plane/health/health-facts';
import { isContactFresh } from '@/lib/plane/health/heartbeat';
import { monotonicMs } from '@/lib/server/process/monotonic-clock';

/** Contact over its own watch within this time means that a failed light request says nothing about the source. */
const OWN_CONTACT_MS = 5000;

interface SourceEntry {
  state: Source['state'];
  problem: string | null;
  /** On the API server's clock. */
  lastContactAtMs: number | null;
  /** On the monotonic clock: when something last arrived over its own watch. */
  ownContactAtMs: number;
  /** Whether its complete list has arrived once. */
  listed: boolean;
  /** Whether contact was recent enough for its planes to count as current when it was last checked; null: not yet checked. */
  fresh: boolean | null;
}

/** The state of each served plane kind's watch, and when contact with the API server last proved its planes current. */
export class SourceTable {
  private readonly entries = new Map<string, SourceEntry>();

  /**
   * @param nowMs the API server's clock
   * @param onChange called when a state or problem changes; contact alone is no change
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

  /** The complete list has arrived. */
  listed(plural: string): void {
    const entry = this.entries.get(plural);
    if (entry) entry.listed = true;
    this.contact(plural);
  }

  /** The watch is open, so that every change from here on arrives. */
  watching(plural: string): void {
    this.contact(plural);
    this.setState(plural, 'live', null);
  }

  /** Something arrived over the source's own connection. */
  contact(plural: string): void {
    const entry = this.entries.get(plural);
    if (!entry) return;
    entry.lastContactAtMs = this.nowMs();
    entry.ownContactAtMs = monotonicMs();
  }

  /** The API server answered another request: every source whose watch is open is current, as it would report changes. */
  apiServerAnswered(): void {
    for (const entry of this.entries.values()) {
      if (entry.state === 'live') entry.lastContactAtMs = this.nowMs();
    }
  }

  failed(plural: string, forbidden: boolean, problem: string): void {
    const listed = this.entries.get(plural)?.listed === true;
    this.setState(plural, forbidden ? 'forbidden' : listed ? 'lost' : 'syncing', problem);
  }

  /** The right to list is gone: what is known of the kind is complete no more. */
  refused(plural: string, problem: string): void {
    const entry = this.entries.get(plural);
    if (entry) entry.listed = false;
    this.setState(plural, 'forbidden', problem);
  }

  /**
   * The API server could not be reached: sources whose watch is silent as well are lost.
   * Returns their plurals, so that their connections can be broken.
   */
  lostContact(problem: string): string[] {
    const silentSinceMs = monotonicMs() - OWN_CONTACT_MS;
    const silent = [...this.entries].filter(
      ([, entry]) => entry.state === 'live' && entry.ownContactAtMs < silentSinceMs,
    );
    for (const [plural] of silent) this.setState(plural, 'lost', problem);
    return silent.map(([plural]) => plural);
  }

  /** Checks how fresh each source's contact is; returns the plurals of those that became fresh or old. */
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

  /** On the API server's clock; null: never, or no such source. */
  lastContactAtMs(plural: string): number | null {
    return this.entries.get(plural)?.lastContactAtMs ?? null;
  }

  /** The contact that health is derived from. It moves every few seconds; while it is fresh its age changes no health, so it counts as now. */
  contactAtMs(plural: string, nowMs: number): number | null {
    return this.isFresh(plural) ? nowMs : this.lastContactAtMs(plural);
  }

  /** Whether what is known of the kind is complete, so that what is not there does not exist. */
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
