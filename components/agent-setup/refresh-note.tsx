import type { PlaneRefresh } from './use-plane-refresh';

/** How soon news can be expected. */
export function RefreshNote({
  touch,
  waiting,
}: {
  readonly touch: PlaneRefresh;
  /** Whether there is a plane, and something is waited for. */
  readonly waiting: boolean;
}) {
  const words = wordsOf(touch, waiting);
  return words === null ? null : <p className="mt-4 text-pretty text-muted text-xs">{words}</p>;
}

function wordsOf({ stopped, problem }: PlaneRefresh, waiting: boolean): string | null {
  if (stopped === 'read-only')
    return 'Planeboard is read-only here, so it does not ask the controller to look: news may take a minute.';
  if (stopped === 'forbidden')
    return 'You may not patch this plane, so the controller is not asked to look: news may take a minute.';
  if (!waiting) return null;
  if (problem !== null) return `The controller could not be asked to look: ${problem}`;
  return 'While this page is in sight, it asks the controller again and again to look, so news takes seconds.';
}
