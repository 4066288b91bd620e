'use client';

import { History } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { DisclosureSummary } from '@/components/ui/disclosure-summary';
import { changedPaths } from '@/lib/plane/json/merge-patch';
import { joinSome } from '@/lib/plane/model/text';
import { DifferenceView } from './difference-view';
import { EditNotice } from './edit-notice';
import { beginEdit, type EditSession, isDirty, storableEdit } from './edit-session';
import { editStore } from './edit-store';
import { objectYaml } from './edited-yaml';

const MAX_NAMED = 6;

/** Says that the page shows an earlier edit instead of the current plane, and how the two differ. */
export function RestoredEdit({ uid, session }: { readonly uid: string; readonly session: EditSession }) {
  const { base, object, restored, unreadable } = session;
  if (!restored || !isDirty(session)) return null;
  const paths = changedPaths(base.object, object).map((path) => path.join('.'));
  return (
    <section aria-label="Earlier edit" className="grid min-w-0 grid-cols-1 gap-2">
      <EditNotice
        icon={<History size={15} aria-hidden="true" />}
        title="You have unsaved changes from an earlier edit."
        actions={
          <>
            <Button onClick={() => editStore.change(uid, (edit) => ({ ...edit, restored: false }))}>
              Keep editing
            </Button>
            <Button onClick={() => editStore.change(uid, (edit) => beginEdit(edit.base))}>Start over</Button>
          </>
        }
      >
        {unreadable ? (
          'The YAML you typed is invalid, so it is shown as you left it.'
        ) : (
          <>
            They differ from the current plane in{' '}
            <code className="font-mono text-xs [overflow-wrap:anywhere]">{joinSome(paths, MAX_NAMED)}</code>.
          </>
        )}
      </EditNotice>
      {unreadable ? null : (
        <details className="group rounded-lg border border-line bg-surface">
          <DisclosureSummary>Show the differences</DisclosureSummary>
          <DifferenceView
            before={objectYaml(base.object)}
            after={objectYaml(storableEdit(session).object)}
            label="Differences from the current plane"
          />
        </details>
      )}
    </section>
  );
}
