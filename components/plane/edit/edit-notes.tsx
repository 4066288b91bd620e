'use client';

import { GitMerge, History, KeyRound } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import type { Plane } from '@/lib/plane/model/plane';
import { type EditSession, isDirty } from './edit-session';
import { editStore, useOrphanedEdit } from './edit-store';

/** Notices about changes to the edit that the user didn't make, until they are dismissed. */
export function EditNotes({ uid, session }: { readonly uid: string; readonly session: EditSession }) {
  const { mergedPaths, lostSecrets, waiting, fromDeleted } = session;
  const paths = [...new Set(mergedPaths.map((path) => path.join('.')))];
  return (
    <div role="status" className="grid gap-2 empty:hidden">
      {fromDeleted ? (
        <div className="flex flex-wrap items-center gap-2">
          <Notice
            tone="neutral"
            icon={<History size={15} aria-hidden="true" />}
            title="This edit was begun on a plane that was deleted."
            className="min-w-0 flex-1 rounded-lg"
          >
            It goes on as a change of the plane that has its name now. Look at the difference before you save.
          </Notice>
          <Button onClick={() => editStore.change(uid, (edit) => ({ ...edit, fromDeleted: false }))}>
            Seen
          </Button>
        </div>
      ) : null}
      {paths.length > 0 ? (
        <div className="flex flex-wrap items-center gap-2">
          <Notice
            tone="neutral"
            icon={<GitMerge size={15} aria-hidden="true" />}
            title="Somebody else changed this plane meanwhile."
            className="min-w-0 flex-1 rounded-lg"
          >
            It does not touch what you changed, and is part of your edit now:{' '}
            <code className="font-mono [overflow-wrap:anywhere] text-xs">{paths.join(', ')}</code>.
          </Notice>
          <Button onClick={() => editStore.change(uid, (edit) => ({ ...edit, mergedPaths: [] }))}>
            Seen
          </Button>
        </div>
      ) : null}
      {waiting ? (
        <Notice
          tone="warning"
          icon={<GitMerge size={15} aria-hidden="true" className="text-degraded" />}
          title="Somebody else changed this plane meanwhile."
          className="rounded-lg"
        >
          It will be put together with your edit once the YAML can be read.
        </Notice>
      ) : null}
      {lostSecrets ? (
        <div className="flex flex-wrap items-center gap-2">
          <Notice
            tone="warning"
            icon={<KeyRound size={15} aria-hidden="true" className="text-degraded" />}
            title="Your edit is back, but for the secrets that you typed."
            className="min-w-0 flex-1 rounded-lg"
          >
            They are not kept over a reload. Enter them again, or what is stored stays.
          </Notice>
          <Button onClick={() => editStore.change(uid, (edit) => ({ ...edit, lostSecrets: false }))}>
            Seen
          </Button>
        </div>
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
    <div role="status" className="flex flex-wrap items-center gap-2">
      <Notice
        tone="neutral"
        icon={<History size={15} aria-hidden="true" />}
        title="An edit that was not saved is kept here."
        className="min-w-0 flex-1 basis-72 rounded-lg"
      >
        It is of the plane of this name that was deleted. Taken over, it becomes a change of this one.
      </Notice>
      <Button variant="primary" onClick={() => editStore.takeOver(orphaned, plane.uid)}>
        Take it over
      </Button>
      <Button onClick={() => editStore.set(orphaned, null)}>Discard it</Button>
    </div>
  );
}
