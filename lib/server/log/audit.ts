import 'server-only';
import type { ObjectRef } from '@/lib/plane/model/object-ref';
import { processSlot } from '@/lib/server/process/process-slot';
import { standardOutput } from './line-output';

/** The request that a line of the audit log belongs to. */
export interface RequestOrigin {
  /** Planeboard's id of the request; the lines of all its writes have the same. */
  readonly id: string;
  /** The address that the request came from: a person's machine, or a proxy. */
  readonly source: string | null;
}

/** Who acts: a `Caller`, or another with the same fields. */
export interface AuditActor {
  /** The user's name on the API server; null until it has answered. */
  readonly user: string | null;
  readonly origin?: RequestOrigin;
}

/** One write, as logged: what happens to which object. Never a value. */
export interface AuditedChange {
  readonly verb: 'create' | 'patch' | 'delete';
  readonly object: ObjectRef;
  /** The registration that the write belongs to. */
  readonly registration?: string;
  /** Paths of the changed fields: `spec.gateway.publicVirtualHost`. */
  readonly changed?: readonly string[];
}

/** One line of the audit log. */
export interface AuditLine extends AuditedChange {
  readonly log: 'audit';
  /** The id of the write. Its intent, its outcomes and the API server's own audit log (`auditID`) have the same. */
  readonly id: string;
  readonly stage: 'intent' | 'outcome';
  readonly user: string | null;
  readonly request?: string;
  readonly source?: string;
  /** `done`, `found-written`, or the code of the error. An intent has none. */
  readonly outcome?: string;
}

/** What happens to a session, as logged. Never a token. */
export interface AuditedSession {
  readonly event: 'sign-in' | 'sign-in-refused' | 'renewal-refused' | 'sign-out';
  /** How the person signs in: `token`. */
  readonly mode: string;
  /** The session's id; a refused sign-in has none. */
  readonly session?: string;
  /** The code of the problem with which it was refused. */
  readonly reason?: string;
}

/** One line of the audit log about a session. */
export interface SessionAuditLine extends AuditedSession {
  readonly log: 'audit';
  readonly user: string | null;
  readonly request?: string;
  readonly source?: string;
}

/** Takes a line of the audit log, with its end; rejects when it can't be written. */
export type AuditOutput = (line: string) => Promise<void>;

/**
 * Logs that a write is about to be sent, whatever the log level. The line is out when this resolves.
 *
 * @throws Error when the line can't be written
 */
export function auditIntent(id: string, actor: AuditActor, change: AuditedChange): Promise<void> {
  return auditOutput()(textOf(lineOf(id, 'intent', actor, change), 'write'));
}

/** Logs the outcome of a write. Never fails: the write has happened, and an intent without an outcome says enough. */
export function auditOutcome(id: string, actor: AuditActor, change: AuditedChange, outcome: string): void {
  auditOutput()(textOf({ ...lineOf(id, 'outcome', actor, change), outcome }, 'write')).catch(() => {
    // There is nowhere left to say so.
  });
}

/**
 * Logs what happens to a session, whatever the log level. The line is out when this resolves.
 *
 * @throws Error when the line can't be written
 */
export function auditSession({ user, origin }: AuditActor, change: AuditedSession): Promise<void> {
  const line: SessionAuditLine = { log: 'audit', user, ...originFields(origin), ...change };
  return auditOutput()(textOf(line, 'session'));
}

/**
 * Writes one line of the audit log about something else.
 *
 * @param line what happened; never a value or a token
 * @throws Error when the line can't be written
 */
export function auditLineOut(
  { user, origin }: AuditActor,
  line: { readonly event: string },
  msg: 'event',
): Promise<void> {
  return auditOutput()(textOf({ log: 'audit', user, ...originFields(origin), ...line }, msg));
}

function originFields(origin: RequestOrigin | undefined): Pick<AuditLine, 'request' | 'source'> {
  if (!origin) return {};
  return { request: origin.id, ...(origin.source !== null ? { source: origin.source } : {}) };
}

function lineOf(
  id: string,
  stage: AuditLine['stage'],
  { user, origin }: AuditActor,
  change: AuditedChange,
): AuditLine {
  return {
    log: 'audit',
    id,
    stage,
    user,
    ...originFields(origin),
    ...change,
  };
}

/** Returns a line in the format of the process's log. */
function textOf(line: object, msg: 'write' | 'session' | 'event'): string {
  return `${JSON.stringify({ level: 'info', time: new Date().toISOString(), ...line, msg })}\n`;
}

function auditOutput(): AuditOutput {
  return processSlot('audit-log', (): AuditOutput => (line) => standardOutput().writeOut(line));
}
