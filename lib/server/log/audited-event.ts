import 'server-only';
import type { ProblemCode } from '@/lib/api/problem';
import type { WallLimits } from '@/lib/api/wall';
import { type AuditActor, auditLineOut } from './audit';

/** What happens besides writes and sessions, as logged. Never a value or a token. */
export type AuditedEvent =
  /** A request was refused. `repeats`: how many more like it there were since the line before. */
  | {
      readonly event: 'refused';
      readonly code: ProblemCode;
      readonly method: string;
      readonly path: string;
      readonly repeats?: number;
    }
  /** A person saved or copied a list of planes, as the person's browser reports it. */
  | {
      readonly event: 'export';
      readonly format: string;
      readonly target: 'file' | 'clipboard';
      readonly planes: number;
    }
  | {
      readonly event: 'wall-link-created';
      readonly link: string;
      readonly title: string;
      readonly limits: WallLimits;
      readonly endsAt: string;
    }
  | { readonly event: 'wall-link-revoked'; readonly link: string }
  /** A screen was refused because its link has ended. */
  | { readonly event: 'wall-link-ended'; readonly link: string; readonly endsAt: string }
  /** Facts of a Secret, such as those of its certificate, went to a person. */
  | { readonly event: 'secret-seen'; readonly namespace: string; readonly name: string };

/**
 * Logs an event, whatever the log level. Doesn't wait and never fails: what happened isn't a write that could still be
 * stopped.
 */
export function auditEvent(actor: AuditActor, event: AuditedEvent): void {
  auditLineOut(actor, event, 'event').catch(() => {
    // There is nowhere left to say so.
  });
}
