import 'server-only';
import { AsyncLocalStorage } from 'node:async_hooks';
import type { AuditActor } from '@/lib/server/log/audit';
import { processSlot } from '@/lib/server/process/process-slot';
import { originOf } from './request-origin';

/** What is known of the request that a route answers, for the audit log. */
export interface RequestNote extends AuditActor {
  readonly method: string;
  readonly path: string;
}

/** Longer paths name nothing that exists. */
const MAX_PATH = 300;

/** Where one request's note is kept while its route runs. */
interface Slot {
  note: RequestNote | null;
}

/**
 * Runs a route so that what it notes belongs to its request alone.
 *
 * @param run gets a function that returns the note; null if the route noted nothing
 */
export function withRequestNote<T>(run: (noted: () => RequestNote | null) => Promise<T>): Promise<T> {
  const slot: Slot = { note: null };
  return storage().run(slot, () => run(() => slot.note));
}

/** Notes the request that the running route answers. Its sender isn't known yet. */
export function noteRequest({ method, headers, url }: RoutedRequest): void {
  const slot = storage().getStore();
  if (slot) slot.note = noteOf(method, url ?? '', headers);
}

/** Notes who sent it. */
export function noteUser(user: string | null): void {
  const slot = storage().getStore();
  if (slot?.note) slot.note = { ...slot.note, user };
}

/** Returns the note of a request whose sender isn't known. */
export function noteOf(method: string, url: string, headers: Headers): RequestNote {
  const path = URL.canParse(url, 'http://localhost') ? new URL(url, 'http://localhost').pathname : '';
  return { user: null, origin: originOf(headers), method, path: path.slice(0, MAX_PATH) };
}

/** A request as routes get it. Its query isn't noted: it may hold a token. */
export interface RoutedRequest {
  readonly method: string;
  readonly headers: Headers;
  readonly url?: string;
}

function storage(): AsyncLocalStorage<Slot> {
  return processSlot('request-notes', () => new AsyncLocalStorage<Slot>());
}
