import 'server-only';
import { MINUTE_MS } from '@/lib/plane/time/duration';
import { originOf } from '@/lib/server/http/request-origin';
import { auditSession } from '@/lib/server/log/audit';
import { monotonicMs } from '@/lib/server/process/monotonic-clock';
import { processSlot } from '@/lib/server/process/process-slot';

/** How long the same refusal of one source isn't logged again. */
const QUIET_MS = MINUTE_MS;
/** The lines of a minute: people who invent identities must not fill the disk. */
const MAX_LINES = 100;

/** Until when each refusal isn't logged again. */
class RefusalTimes {
  private readonly until = new Map<string, number>();

  /** Returns whether a refusal is to be logged. */
  take(key: string, nowMs: number): boolean {
    for (const [known, untilMs] of this.until) if (untilMs <= nowMs) this.until.delete(known);
    if (this.until.has(key) || this.until.size >= MAX_LINES) return false;
    this.until.set(key, nowMs + QUIET_MS);
    return true;
  }
}

/**
 * Logs a refusal that anyone can bring about by a single request, such as an identity that was claimed without a valid
 * proof: at most once a minute for each source and reason. The claimed name isn't logged: anyone can claim any.
 */
export function noteRefusedIdentity(
  headers: Headers,
  mode: 'proxy' | 'oidc' | 'token',
  reason: string,
): void {
  const origin = originOf(headers);
  const times = processSlot('refused-identities', () => new RefusalTimes());
  if (!times.take(`${mode} ${reason} ${origin.source ?? ''}`, monotonicMs())) return;
  auditSession({ user: null, origin }, { event: 'sign-in-refused', mode, reason }).catch(() => {
    // The request is refused all the same.
  });
}
