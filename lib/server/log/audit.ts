import 'server-only';
import type { ObjectRef } from '@/lib/plane/model/object-ref';
import { log } from './log';

/** One attempt to write, as logged: who did what to which object, and the outcome. Never a value. */
export interface AuditEntry {
  /** The user's name on the API server; null until it has answered. */
  readonly user: string | null;
  readonly verb: 'create' | 'patch' | 'delete';
  readonly object: ObjectRef;
  /** `done`, or the code of the error. */
  readonly outcome: string;
  /** The registration that the write belongs to. */
  readonly registration?: string;
  /** Paths of the changed fields: `spec.gateway.publicVirtualHost`. */
  readonly changed?: readonly string[];
}

/** Logs the audit line of one attempt to write, whatever the log level. */
export function audit(entry: AuditEntry): void {
  log().child({}, { level: 'info' }).info({ audit: entry }, 'write');
}
