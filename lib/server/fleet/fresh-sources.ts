import 'server-only';
import { isContactFresh } from '@/lib/plane/health/contact';
import type { HealthLimits } from '@/lib/plane/health/health-facts';
import type { SourceTable } from './source-table';

/** Knows which sources were heard lately enough for what they say to count as current. */
export class FreshSources {
  private readonly fresh = new Map<string, boolean>();

  constructor(
    private readonly sources: SourceTable,
    private readonly limits: HealthLimits,
  ) {}

  /** Looks at all sources; returns the plurals of those that are fresh no more, or again. */
  check(nowMs: number): string[] {
    return this.sources.plurals().filter((plural) => {
      const fresh = isContactFresh(this.sources.lastContactAtMs(plural), this.limits, nowMs);
      if (this.fresh.get(plural) === fresh) return false;
      this.fresh.set(plural, fresh);
      return true;
    });
  }

  has(plural: string): boolean {
    return this.fresh.get(plural) === true;
  }

  /**
   * The contact that a plane is judged by, on the API server's clock. It moves every few seconds; while it is fresh its
   * age changes no judgement, so it counts as now.
   */
  contactAtMs(plural: string, nowMs: number): number | null {
    return this.has(plural) ? nowMs : this.sources.lastContactAtMs(plural);
  }

  forget(plural: string): void {
    this.fresh.delete(plural);
  }
}
