import { Trash2 } from 'lucide-react';
import Link from 'next/link';
import { Notice } from '@/components/ui/notice';
import type { FleetPlane } from '@/lib/api/fleet';
import { planeTitle } from '@/lib/plane/fleet-view';

/** The plane was deleted while somebody looked at it. */
export function GoneNotice({ plane }: { readonly plane: FleetPlane }) {
  return (
    <div role="alert">
      <Notice
        tone="warning"
        icon={<Trash2 size={15} aria-hidden="true" className="text-degraded" />}
        title={`${planeTitle(plane)} has been deleted.`}
        className="border-x-0 border-t-0"
      >
        Below is the last that was known of it.{' '}
        <Link href="/" className="font-medium underline underline-offset-2">
          Back to the fleet
        </Link>
      </Notice>
    </div>
  );
}
