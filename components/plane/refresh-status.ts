import type { Plane } from '@/lib/plane/model/plane';

/** How a request to look at a plane at once stands. Times in milliseconds. */
export type RefreshState =
  | { readonly phase: 'idle' }
  | { readonly phase: 'asking' }
  /** `askedAtMs` is on the API server's clock. */
  | { readonly phase: 'waiting'; readonly askedAtMs: number }
  | { readonly phase: 'answered'; readonly tookMs: number }
  | { readonly phase: 'failed'; readonly problem: string };

/** A working controller answers within seconds; from then on the lack of an answer is told for what it is. */
const SILENT_AFTER_MS = 12_000;

/**
 * What a status says, as a text to compare: a controller that has looked and found something new changes it. One that
 * found nothing new writes nothing, so an unchanged status is no proof of silence.
 */
export function statusSignature({ agent, conditions, observedGeneration }: Plane): string {
  return JSON.stringify([agent ?? null, conditions, observedGeneration ?? null]);
}

/** How it stands, in a sentence that does not tick, since it is read out; empty while nothing was asked. @param nowMs the API server's clock */
export function refreshText(state: RefreshState, nowMs: number): string {
  switch (state.phase) {
    case 'idle':
      return '';
    case 'asking':
      return 'Asking …';
    case 'waiting': {
      const sinceMs = nowMs - state.askedAtMs;
      return sinceMs < SILENT_AFTER_MS
        ? 'Asked, waiting for the controller …'
        : 'Asked, and the status has not changed since: either nothing is new, or no controller looks.';
    }
    case 'answered':
      return `Asked, answered in ${Math.max(1, Math.round(state.tookMs / 1000))} s.`;
    case 'failed':
      return `Could not be asked: ${state.problem}`;
  }
}
