'use client';

import { useState } from 'react';
import { changeRefusal } from '@/components/plane/change-refusal';
import { DeletedNotice } from '@/components/plane/deleted-notice';
import { ManagedNotice } from '@/components/plane/related/managed-notice';
import { TaskFrame } from '@/components/plane/task-frame';
import { useCurrentPlane } from '@/components/plane/use-current-plane';
import { useInstalledKind } from '@/components/plane/use-installed-kind';
import { Card } from '@/components/ui/card';
import { CopyButton } from '@/components/ui/copy-button';
import { IconLine } from '@/components/ui/notice';
import { YamlText } from '@/components/ui/yaml-text';
import type { PlaneEditAnswer } from '@/lib/api/edit';
import type { FleetPlane, PlaneDetail } from '@/lib/api/fleet';
import { knownAgents } from '@/lib/plane/health/fresh-agent';
import { planeTitle } from '@/lib/plane/model/display-name';
import type { EditTask } from '@/lib/plane/model/plane-task';
import { OrphanedEdit } from './edit-notes';
import { type EditSession, isDirty, storableEdit, yamlOf } from './edit-session';
import { useEditSession } from './edit-store';
import { EditWorkspace } from './edit-workspace';
import { objectYaml } from './edited-yaml';
import { ObservedNote } from './observed-note';
import { SavedCard } from './saved-card';

/** The page that edits a plane, as a form or as YAML, and reviews the changes before saving them. */
export function EditScreen({
  plane,
  initialDetail,
  task,
}: {
  readonly plane: FleetPlane;
  readonly initialDetail: PlaneDetail | null;
  readonly task: EditTask;
}) {
  const { row, gone, detail, related } = useCurrentPlane(plane, initialDetail);
  const kind = useInstalledKind(plane.plural);
  const session = useEditSession(plane.uid, detail);
  const [saved, setSaved] = useState<PlaneEditAnswer | null>(null);
  const refusal = changeRefusal(false, related.value?.mayChange);
  return (
    <TaskFrame row={row} gone={gone} title={`Edit ${planeTitle(row.plane)}`}>
      {gone ? <DeletedNotice plane={row.plane} className="rounded-lg" /> : null}
      {saved ? (
        <SavedCard row={row} saved={saved} onAgain={() => setSaved(null)} />
      ) : (
        <>
          <ManagedNotice managedBy={related.value?.managedBy ?? null} className="rounded-lg" />
          {gone ? null : <OrphanedEdit plane={row.plane} session={session} />}
          {session ? <ObservedNote row={row} session={session} /> : null}
          {gone && session && isDirty(session) ? (
            <UnsavedEdit session={session} />
          ) : refusal && !gone && !(session && isDirty(session)) ? (
            // An edit that was typed before the permission was lost stays.
            <IconLine tone="warning">{refusal.reason} The form isn't shown for that reason.</IconLine>
          ) : kind.state === 'known' && session && !gone ? (
            <EditWorkspace
              plane={row.plane}
              connectedAgents={knownAgents(row)}
              kind={kind.kind}
              session={session}
              managedBy={related.value?.managedBy ?? null}
              task={task}
              onSaved={setSaved}
            />
          ) : (
            <p role="status" className="text-muted">
              {waitingText(kind.state === 'unknown' ? kind.reason : null, detail !== null, gone)}
            </p>
          )}
        </>
      )}
    </TaskFrame>
  );
}

function waitingText(kindProblem: string | null, isRead: boolean, gone: boolean): string {
  if (gone) return 'Nothing to edit.';
  if (!isRead) return "The plane can't be read, so you can't edit it.";
  if (kindProblem !== null) return `This kind's fields aren't known. ${kindProblem}`;
  return "Loading this kind's fields…";
}

/** Shows the unsaved edit of a deleted plane, to copy. */
function UnsavedEdit({ session }: { readonly session: EditSession }) {
  const { text, withoutSecrets } = shownEdit(session);
  return (
    <Card title="Your unsaved edit" actions={<CopyButton label="Copy YAML" showLabel text={text} />}>
      {withoutSecrets ? (
        <p className="mb-2 text-pretty text-muted">Secrets you typed aren't included.</p>
      ) : null}
      <YamlText yaml={text} label="Your edit as YAML" className="max-h-96" />
    </Card>
  );
}

/** Returns an invalid text as typed, like the editor shows it; otherwise YAML without secrets, as in the form. */
function shownEdit(session: EditSession): { readonly text: string; readonly withoutSecrets: boolean } {
  if (session.unreadable) return { text: yamlOf(session), withoutSecrets: false };
  const { object, lostSecrets } = storableEdit(session);
  return { text: objectYaml(object), withoutSecrets: lostSecrets };
}
