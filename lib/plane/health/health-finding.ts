import { formatAge, formatUtc } from '@/lib/plane/time/age';
import type { HealthReason } from './health';
import type { HealthState } from './health-state';

/** The result of one rule: the state that it names (null for a note) and the reason. */
export interface Finding {
  readonly state: HealthState | null;
  readonly reason: HealthReason;
}

/** Every reason code; help texts and tests refer to these. */
export const REASON_CODES = [
  'unreadable',
  'no-contact',
  'deleting',
  'deletion-blocked',
  'deletion-slow',
  'kind-unreconciled',
  'condition-false',
  'not-measured',
  'condition-reported',
  'schema-unknown',
  'status-awaited',
  'status-missing',
  'agent-awaited',
  'never-connected',
  'agent-refused',
  'agent-lost',
  'connection-flapping',
  'heartbeat-missing',
  'heartbeat-not-reported',
  'heartbeat-in-future',
  'heartbeat-stale',
  'heartbeat-late',
  'heartbeat-remembered',
  'agents-contradict',
  'change-unobserved',
  'reference-missing',
  'reference-not-visible',
  'certificate-absent',
  'certificate-unparsable',
  'certificate-partly-unparsable',
  'certificate-expired',
  'certificate-partly-expired',
  'certificate-not-yet-valid',
  'certificate-unusable',
  'certificate-expiring',
  'certificate-partly-expiring',
  'secret-missing',
  'secret-key-missing',
  'credential-absent',
  'private-key-unparsable',
  'private-key-mismatch',
  'shared-plane-id',
  'control-plane-incident',
] as const;
export type ReasonCode = (typeof REASON_CODES)[number];

/** A finding that names a state. */
export function finding(
  state: HealthState,
  code: ReasonCode,
  severity: HealthReason['severity'],
  message: string,
): Finding {
  return { state, reason: { code, severity, message } };
}

/** A finding that names no state. */
export function note(code: ReasonCode, message: string): Finding {
  return { state: null, reason: { code, severity: 'info', message } };
}

/**
 * How messages express time: as ages, which go out of date, or as moments, for texts that are stored and read later.
 */
export type Wording = 'ages' | 'moments';

/** The current time, and a record of the next moment at which a rule's result would change. */
export class Clock {
  private next: number | null = null;

  constructor(
    readonly nowMs: number,
    private readonly wording: Wording = 'ages',
  ) {}

  /** Returns whether a moment has passed. If not, records it as a time to judge again. */
  after(momentMs: number): boolean {
    if (this.nowMs > momentMs) return true;
    // Add one millisecond, because a limit is passed only when it's exceeded.
    if (this.next === null || momentMs + 1 < this.next) this.next = momentMs + 1;
    return false;
  }

  /** Formats a moment in the chosen wording: by its age or as the moment itself. */
  tell(momentMs: number, byAge: (age: string) => string, byMoment: (moment: string) => string): string {
    return this.wording === 'ages' ? byAge(formatAge(this.nowMs - momentMs)) : byMoment(formatUtc(momentMs));
  }

  /** Formats a moment as `9 h ago` or `at 2026-03-10 03:00:00 UTC`. */
  ago(momentMs: number): string {
    return this.tell(
      momentMs,
      (age) => `${age} ago`,
      (moment) => `at ${moment}`,
    );
  }

  /** Formats a duration as `for 9 h` or `since 2026-03-10 03:00:00 UTC`. */
  lasting(momentMs: number): string {
    return this.tell(
      momentMs,
      (age) => `for ${age}`,
      (moment) => `since ${moment}`,
    );
  }

  get nextMs(): number | null {
    return this.next;
  }
}
