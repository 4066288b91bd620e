'use client';

import { GitMerge, History, KeyRound } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import type { Plane } from '@/lib/plane/model/plane';
import { EditNotice } from './edit-notice';
import { type EditSession, isDirty } from './edit-session';
import { editStore, useOrphanedEdit } from './edit-store';

/** Notices about changes to the edit that the user didn't make, until they are dismissed. */
export function EditNotes({ uid, session }: { readonly uid: string; readonly session: EditSession }) {
  const { mergedPaths, lostSecrets, waiting, fromDeleted } = session;
  const paths = [...new Set(mergedPaths.map((path) => path.join('.')))];
  const dismissButton = (dismissed: Partial<EditSession>) => (
    <Button onClick={() => editStore.change(uid, (edit) => ({ ...edit, ...dismissed }))}>Dismiss</Button>
  );
  return (
    <div role="status" className="grid gap-2 empty:hidden">
      {fromDeleted ? (
        <EditNotice
          icon={<History size={15} aria-hidden="true" />}
          title="You started this edit on a plane that has since been deleted."
          actions={dismissButton({ fromDeleted: false })}
        >
          The edit now applies to the new plane with the same name. Review the changes before you save.
        </EditNotice>
      ) : null}
      {paths.length > 0 ? (
        <EditNotice
          icon={<GitMerge size={15} aria-hidden="true" />}
          title="Someone else changed this plane."
          actions={dismissButton({ mergedPaths: [] })}
        >
          These fields don't conflict with your changes and are now part of your edit:{' '}
          <code className="font-mono [overflow-wrap:anywhere] text-xs">{paths.join(', ')}</code>.
        </EditNotice>
      ) : null}
      {waiting ? (
        <Notice
          tone="warning"
          icon={<GitMerge size={15} aria-hidden="true" className="text-degraded" />}
          title="Someone else changed this plane."
          className="rounded-lg"
        >
          Their change will be merged into your edit once the YAML is valid.
        </Notice>
      ) : null}
      {lostSecrets ? (
        <EditNotice
          tone="warning"
          icon={<KeyRound size={15} aria-hidden="true" className="text-degraded" />}
          title="Your edit was restored without the secrets you typed."
          actions={dismissButton({ lostSecrets: false })}
        >
          Secrets aren't kept when the page reloads. Enter them again, or the stored values stay.
        </EditNotice>
      ) : null}
    </div>
  );
}

/** Offers the unsaved edit of a deleted plane with this name, unless it would replace changes of the current edit. */
export function OrphanedEdit({
  plane,
  session,
}: {
  readonly plane: Plane;
  readonly session: EditSession | null;
}) {
  const orphaned = useOrphanedEdit(plane);
  if (orphaned === undefined || session === null || isDirty(session)) return null;
  return (
    <div role="status">
      <EditNotice
        icon={<History size={15} aria-hidden="true" />}
        title="You have unsaved changes from an earlier edit."
        actions={
          <>
            <Button variant="primary" onClick={() => editStore.takeOver(orphaned, plane.uid)}>
              Apply changes
            </Button>
            <Button onClick={() => editStore.set(orphaned, null)}>Discard changes</Button>
          </>
        }
      >
        They belong to a deleted plane with the same name. You can apply them to this plane.
      </EditNotice>
    </div>
  );
}
