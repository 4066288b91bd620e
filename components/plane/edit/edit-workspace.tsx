'use client';

import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { FieldMarks } from '@/components/ui/field-marks';
import { focusField } from '@/components/ui/focus-field';
import { Segmented } from '@/components/ui/segmented';
import type { PlaneEditAnswer } from '@/lib/api/edit';
import { isWithin, type JsonPath, pathKey } from '@/lib/plane/json/json-path';
import type { Plane } from '@/lib/plane/model/plane';
import { type EditTask, type EditView, editPath } from '@/lib/plane/model/plane-task';
import type { ManagingTool } from '@/lib/plane/related/related-resources';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import { changedFields } from './changed-fields';
import { ConflictPanel } from './conflict-panel';
import { EditBar } from './edit-bar';
import { EditForm } from './edit-form';
import { EditNotes } from './edit-notes';
import { EditReview } from './edit-review';
import { beginEdit, type EditSession } from './edit-session';
import { editStore } from './edit-store';
import { EditYaml } from './edit-yaml';
import { RestoredEdit } from './restored-edit';
import { useEditProblems } from './use-edit-problems';

const NO_MARKS: ReadonlySet<string> = new Set();

/** An edit in progress: the open view, notices about changes by others, conflicts, and the review. */
export function EditWorkspace({
  plane,
  connectedAgents,
  kind,
  session,
  managedBy,
  task,
  onSaved,
}: {
  readonly plane: Plane;
  /** How many agents are known to be connected; null: not known. */
  readonly connectedAgents: number | null;
  readonly kind: InstalledKind;
  readonly session: EditSession;
  readonly managedBy: ManagingTool | null;
  readonly task: EditTask;
  readonly onSaved: (answer: PlaneEditAnswer) => void;
}) {
  const checked = useEditProblems(session, kind, plane);
  // After the first attempt to review, all problems are shown.
  const [tried, setTried] = useState(false);
  const [added, setAdded] = useState<ReadonlySet<string>>(new Set());
  const { uid } = plane;
  const marks = useMemo(() => (session.restored ? changedFields(session, kind) : NO_MARKS), [session, kind]);
  const errors = checked.yamlProblems.filter(({ severity }) => severity === 'error');
  const open = useCallback(
    (to: { view: EditView; review?: boolean }, replace = false) => {
      // All views of an edit are already loaded, so this doesn't navigate through the server.
      const href = editPath(plane, to);
      if (replace) window.history.replaceState(null, '', href);
      else window.history.pushState(null, '', href);
    },
    [plane],
  );
  const goToField = (path: JsonPath) => {
    if (task.view === 'form' && focusField(pathKey(path))) return;
    open({ view: 'yaml' }, true);
  };

  if (session.conflicts) return <ConflictPanel uid={uid} conflicts={session.conflicts} />;
  const notes = (
    <>
      <RestoredEdit uid={uid} session={session} />
      <EditNotes uid={uid} session={session} />
    </>
  );
  if (task.review && !session.unreadable) {
    return (
      <>
        {notes}
        <EditReview
          plane={plane}
          connectedAgents={connectedAgents}
          kind={kind}
          session={session}
          managedBy={managedBy}
          errors={errors}
          onBack={() => open({ view: task.view }, true)}
          onSaved={(answer) => {
            // "Edit again" and a reload then open the edit instead of a review of nothing.
            open({ view: task.view }, true);
            onSaved(answer);
          }}
        />
      </>
    );
  }
  return (
    <>
      {notes}
      <EditViews view={task.view} formProblem={formProblem(session)} onOpen={(view) => open({ view }, true)}>
        {task.view === 'form' && !session.unreadable ? (
          <FieldMarks value={marks}>
            <EditForm
              plane={plane}
              kind={kind}
              session={session}
              checked={checked}
              tried={tried}
              added={added}
              onAdd={(path) => setAdded((before) => new Set([...before, pathKey(path)]))}
            />
          </FieldMarks>
        ) : (
          <EditYaml uid={uid} kind={kind} session={session} problems={checked.yamlProblems} />
        )}
      </EditViews>
      <EditBar
        session={session}
        errors={
          task.view === 'form'
            ? checked.problems.filter(({ path }) => !isWithin(path, added))
            : checked.yamlProblems
        }
        tried={tried}
        onField={goToField}
        onDiscard={() => editStore.change(uid, ({ base }) => beginEdit(base))}
        onReview={() => {
          setTried(true);
          setAdded(new Set());
          if (errors.length === 0 && !session.unreadable) open({ view: task.view, review: true });
        }}
      />
    </>
  );
}

/** Why the form can't be shown; null if it can. */
function formProblem({ unreadable }: EditSession): string | null {
  return unreadable ? 'The YAML is invalid. Fix it to open the form.' : null;
}

const VIEWS: readonly { value: EditView; label: string }[] = [
  { value: 'form', label: 'Form' },
  { value: 'yaml', label: 'YAML' },
];

/** The switch between the views of one edit, and the open view. */
function EditViews({
  view,
  formProblem,
  onOpen,
  children,
}: {
  readonly view: EditView;
  /** Why the form can't be opened; null: it can. */
  readonly formProblem: string | null;
  readonly onOpen: (view: EditView) => void;
  readonly children: ReactNode;
}) {
  return (
    <div className="grid min-w-0 gap-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Segmented
          label="Edit as"
          options={VIEWS}
          value={formProblem === null ? view : 'yaml'}
          onChange={(chosen) => {
            if (chosen === 'yaml' || formProblem === null) onOpen(chosen);
          }}
        />
        <p role="status" className="text-muted text-xs">
          {formProblem ?? ''}
        </p>
      </div>
      {children}
    </div>
  );
}
