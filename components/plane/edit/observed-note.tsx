'use client';

import { CircleCheck } from 'lucide-react';
import { useHistory } from '@/components/plane/use-history';
import { Button } from '@/components/ui/button';
import { Age } from '@/components/ui/time';
import type { FleetRow } from '@/lib/client/feed/derived-fleet';
import { overlaps } from '@/lib/plane/history/saved-fields';
import type { JsonPath } from '@/lib/plane/json/json-path';
import { EditNotice } from './edit-notice';
import { type EditSession, isDirty } from './edit-session';
import { editStore } from './edit-store';

/** Says that the cluster has values that you edited, because they were written elsewhere, as by a commit, or by a save whose answer was lost. */
export function ObservedNote({ row, session }: { readonly row: FleetRow; readonly session: EditSession }) {
  return session.observedPaths.length === 0 ? null : <Observed row={row} session={session} />;
}

function Observed({ row, session }: { readonly row: FleetRow; readonly session: EditSession }) {
  const { observedPaths, lostSave } = session;
  const paths = [...new Set(observedPaths.map((path) => path.join('.')))];
  const author = useAuthor(row, observedPaths);
  return (
    <div role="status">
      <EditNotice
        icon={<CircleCheck size={15} aria-hidden="true" className="text-healthy" />}
        title="Observed: the cluster has your change."
        actions={
          <Button onClick={() => editStore.change(row.plane.uid, (edit) => ({ ...edit, observedPaths: [] }))}>
            Dismiss
          </Button>
        }
      >
        {author === null ? writtenBy(lostSave !== null) : `Written by ${author.by} `}
        {author === null ? null : <Age at={author.at} suffix=" ago" />}:{' '}
        <code className="font-mono [overflow-wrap:anywhere] text-xs">{paths.join(', ')}</code>.{' '}
        {isDirty(session) ? "The rest of your edit isn't saved yet." : 'Nothing is left to save.'}
      </EditNotice>
    </div>
  );
}

function writtenBy(hasLostSave: boolean): string {
  return hasLostSave ? 'Written by your save without an answer, or elsewhere' : 'Written elsewhere';
}

/** Returns who last wrote one of these fields, and when; null if the history doesn't say. */
function useAuthor(row: FleetRow, paths: readonly JsonPath[]) {
  const { latest } = useHistory(row);
  const entry = latest?.entries.find(({ write }) =>
    write?.fields.some((field) => paths.some((path) => overlaps(field.path, path))),
  );
  return entry?.write ? { by: entry.write.by, at: entry.at } : null;
}
