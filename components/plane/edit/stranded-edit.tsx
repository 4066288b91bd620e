'use client';

import { History } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import type { Plane } from '@/lib/plane/model/plane';
import { type EditSession, isDirty } from './edit-session';
import { editStore } from './edit-store';
import { useStrandedEdit } from './use-stranded-edit';

/**
 * Offers the edit of a plane that had this name and was deleted before it was saved. Not while something else is being
 * edited, which it would take the place of.
 */
export function StrandedEdit({
  plane,
  session,
}: {
  readonly plane: Plane;
  readonly session: EditSession | null;
}) {
  const stranded = useStrandedEdit(plane);
  if (stranded === undefined || session === null || isDirty(session)) return null;
  return (
    <div role="status" className="flex flex-wrap items-center gap-2">
      <Notice
        tone="neutral"
        icon={<History size={15} aria-hidden="true" />}
        title="An edit that was not saved is kept here."
        className="min-w-0 flex-1 basis-72 rounded-lg"
      >
        It is of the plane of this name that was deleted. Taken over, it becomes a change of this one.
      </Notice>
      <Button variant="primary" onClick={() => editStore.takeOver(stranded, plane.uid)}>
        Take it over
      </Button>
      <Button onClick={() => editStore.set(stranded, null)}>Discard it</Button>
    </div>
  );
}
