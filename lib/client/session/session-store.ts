import type { PageSession } from '@/lib/api/session';
import { personOf, setPerson } from './person';

/** A page's session. */
export interface SessionState {
  /** Null if nobody signs in. Held in memory only, because it contains the CSRF value. */
  readonly session: PageSession | null;
  /** Whether the session has ended, so that the person has to sign in again. */
  readonly hasEnded: boolean;
}

const INITIAL: SessionState = { session: null, hasEnded: false };

let state = INITIAL;
let isStarted = false;
/** The server's clock minus this browser's, in milliseconds. */
let clockOffsetMs = 0;
const listeners = new Set<() => void>();

/**
 * Sets the session that the server rendered the page for. Only the first call counts, so rendering twice is harmless.
 *
 * @param serverNowMs the server's clock then
 */
export function startSession(session: PageSession | null, serverNowMs: number): void {
  if (isStarted) return;
  isStarted = true;
  setPerson(session);
  clockOffsetMs = serverNowMs - Date.now();
  state = { session, hasEnded: false };
}

/**
 * Takes over a session that was renewed or begun, in this tab or another. If it's another person's, the page is loaded
 * again without anything of the first.
 *
 * @param serverNowMs the server's clock, if it is known
 */
export function acceptSession(session: PageSession, serverNowMs?: number): void {
  if (state.session === null || personOf(session) !== personOf(state.session)) {
    window.location.reload();
    return;
  }
  if (serverNowMs !== undefined && !Number.isNaN(serverNowMs)) clockOffsetMs = serverNowMs - Date.now();
  set({ session, hasEnded: false });
}

/** Notes that the session has ended: the page asks to sign in again. */
export function endSession(): void {
  if (state.session !== null && !state.hasEnded) set({ ...state, hasEnded: true });
}

export function getSessionState(): SessionState {
  return state;
}

/** Returns the server's time in milliseconds since the epoch, by which sessions end. */
export function sessionNowMs(): number {
  return Date.now() + clockOffsetMs;
}

/** Calls the listener after each change. Returns a function that stops this. */
export function subscribeSession(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * Resolves when the session is open: at once unless it has ended.
 *
 * @throws the signal's reason when it is aborted
 */
export async function sessionIsOpen(signal: AbortSignal | null): Promise<void> {
  if (!state.hasEnded) return;
  await new Promise<void>((resolve, reject) => {
    const settle = () => {
      if (state.hasEnded && !signal?.aborted) return;
      stop();
      signal?.removeEventListener('abort', settle);
      if (signal?.aborted) reject(signal.reason);
      else resolve();
    };
    const stop = subscribeSession(settle);
    signal?.addEventListener('abort', settle);
    settle();
  });
}

function set(next: SessionState): void {
  state = next;
  for (const listener of listeners) listener();
}
