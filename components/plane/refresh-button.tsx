'use client';

import { LoaderCircle, RefreshCw } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { usePlaneActions } from './plane-actions-context';
import type { StatusRefresh as AskAgainState } from './use-refresh-status';

/** Has the controller look at once. Not there where nothing may be written. */
export function RefreshButton() {
  const refresh = usePlaneActions().refresh;
  if (!refresh || !('run' in refresh)) return null;
  const Icon = refresh.busy ? LoaderCircle : RefreshCw;
  return (
    <Button
      variant="outline"
      onClick={refresh.run}
      disabled={refresh.busy}
      title="Touches the plane, so that its controller looks at once"
    >
      <Icon size={14} aria-hidden="true" className={refresh.busy ? 'animate-spin' : undefined} />
      {refresh.label}
    </Button>
  );
}

/** How that goes. Always on the page, so that screen readers hear what comes into it. */
export function RefreshStatusNote({ words }: Pick<AskAgainState, 'words'>) {
  return (
    <p role="status" className="max-w-prose text-pretty text-muted text-xs not-empty:mt-1.5 sm:text-right">
      {words}
    </p>
  );
}
