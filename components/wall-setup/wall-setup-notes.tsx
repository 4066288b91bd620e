import { CircleAlert, Lock, MonitorOff } from 'lucide-react';
import { IconLine, Notice } from '@/components/ui/notice';
import type { WallTokens } from '@/lib/api/wall';

const ICON_PX = 15;

/** There is no wall on this server. */
export function OffNote() {
  return (
    <Notice
      tone="warning"
      icon={<MonitorOff size={ICON_PX} aria-hidden="true" className="text-degraded" />}
      title="The status wall is off here (PLANEBOARD_WALL=off)."
      className="rounded-lg"
    >
      Nobody can open a wall. Start Planeboard without that variable to let screens in by links, or with
      PLANEBOARD_WALL=open to let in everybody who reaches the server. What you choose here stands in this
      page's address meanwhile.
    </Notice>
  );
}

/** Nothing is written by this server, links included. */
export function ReadOnlyNote() {
  return (
    <Notice
      tone="neutral"
      icon={<Lock size={ICON_PX} aria-hidden="true" />}
      title="This dashboard is read-only."
      className="rounded-lg"
    >
      It makes and revokes no links. Screens that are let in already can be shown something else.
    </Notice>
  );
}

/** Who looks at the page may not make or revoke links. Nothing is said where that is not known. */
export function RightsNote({ listed }: { readonly listed: WallTokens | null }) {
  if (listed === null || listed.mayChange) return null;
  return (
    <Notice
      tone="neutral"
      icon={<CircleAlert size={ICON_PX} aria-hidden="true" className="text-muted" />}
      title="You may not make or revoke links."
      className="rounded-lg"
    >
      {listed.missingRight}
    </Notice>
  );
}

/** An address of a form in which something is wrong. */
export function WrongNote() {
  return (
    <div role="status" className="mt-2">
      <IconLine tone="warning">
        Something in the form is wrong, as it says there: this address has a wall's default in its place, or
        shows nothing.
      </IconLine>
    </div>
  );
}
