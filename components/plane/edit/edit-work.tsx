'use client';

import { useCallback, useState } from 'react';
import { fieldKey, isWithin } from '@/components/fields/field-key';
import type { PlaneEditAnswer } from '@/lib/api/plane-writes';
import { focusField } from '@/lib/client/focus-field';
import type { JsonPath } from '@/lib/plane/json/json-path';
import type { Plane } from '@/lib/plane/model/plane';
import type { EditPlace, EditView } from '@/lib/plane/model/plane-task';
import { editPath } from '@/lib/plane/model/plane-task';
import type { ManagingTool } from '@/lib/plane/related/related-resources';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import { ConflictPanel } from './conflict-panel';
import { EditBar } from './edit-bar';
import { EditForm } from './edit-form';
import { EditNotes } from './edit-notes';
import { EditReview } from './edit-review';
import { beginEdit, type EditSession } from './edit-session';
import { editStore } from './edit-store';
import { EditViews } from './edit-views';
import { EditYaml } from './edit-yaml';
import { useEditProblems } from './use-edit-problems';

/** The work on an edit: whichever view of it is open, what others did meanwhile, and the way on. */
export function EditWork({
  plane,
  kind,
  session,
  owner,
  place,
  onSaved,
}: {
  readonly plane: Plane;
  readonly kind: InstalledKind;
  readonly session: EditSession;
  readonly owner: ManagingTool | null;
  readonly place: EditPlace;
  readonly onSaved: (answer: PlaneEditAnswer) => void;
}) {
  const checked = useEditProblems(session, kind, plane);
  // Whoever wanted to go on once is told everything that is wrong.
  const [tried, setTried] = useState(false);
  const [added, setAdded] = useState<ReadonlySet<string>>(new Set());
  const { uid } = plane;
  const errors = checked.yamlProblems.filter(({ severity }) => severity === 'error');
  const open = useCallback(
    (to: { view: EditView; review?: boolean }, replace = false) => {
      // All views of an edit are here already: the server is not asked for the page anew.
      const href = editPath(plane, to);
      if (replace) window.history.replaceState(null, '', href);
      else window.history.pushState(null, '', href);
    },
    [plane],
  );
  const goToField = (path: JsonPath) => {
    if (place.view === 'form' && focusField(fieldKey(path))) return;
    open({ view: 'yaml' }, true);
  };

  if (session.conflicts) return <ConflictPanel uid={uid} conflicts={session.conflicts} />;
  const notes = <EditNotes uid={uid} session={session} />;
  if (place.review && !session.unreadable) {
    return (
      <>
        {notes}
        <EditReview
          plane={plane}
          kind={kind}
          session={session}
          owner={owner}
          errors={errors}
          onBack={() => open({ view: place.view }, true)}
          onSaved={onSaved}
        />
      </>
    );
  }
  return (
    <>
      {notes}
      <EditViews view={place.view} formProblem={formProblem(session)} onOpen={(view) => open({ view }, true)}>
        {place.view === 'form' && !session.unreadable ? (
          <EditForm
            plane={plane}
            kind={kind}
            session={session}
            checked={checked}
            tried={tried}
            added={added}
            onAdd={(path) => setAdded((before) => new Set([...before, fieldKey(path)]))}
          />
        ) : (
          <EditYaml uid={uid} kind={kind} session={session} problems={checked.yamlProblems} />
        )}
      </EditViews>
      <EditBar
        session={session}
        errors={
          place.view === 'form'
            ? checked.problems.filter(({ path }) => !isWithin(path, added))
            : checked.yamlProblems
        }
        tried={tried}
        onField={goToField}
        onDiscard={() => editStore.change(uid, ({ base }) => beginEdit(base))}
        onReview={() => {
          setTried(true);
          setAdded(new Set());
          if (errors.length === 0 && !session.unreadable) open({ view: place.view, review: true });
        }}
      />
    </>
  );
}

/** Why the form cannot be shown; null: it can. */
function formProblem({ unreadable }: EditSession): string | null {
  return unreadable ? 'The YAML cannot be read: mend it first.' : null;
}
