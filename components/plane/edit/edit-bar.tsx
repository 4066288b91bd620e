'use client';

import { CircleAlert } from 'lucide-react';
import { Button } from '@/components/ui/button';
import type { JsonPath } from '@/lib/plane/json/json-path';
import { changedPaths } from '@/lib/plane/json/merge-patch';
import type { DraftProblem } from '@/lib/plane/registration/draft';
import { attentionText, problemLabel } from '@/lib/plane/registration/problem-label';
import { type EditSession, isDirty } from './edit-session';

/** The number of changes and the buttons to discard or review them; sticks to the bottom of long forms. */
export function EditBar({
  session,
  errors,
  tried,
  onField,
  onDiscard,
  onReview,
}: {
  readonly session: EditSession;
  readonly errors: readonly DraftProblem[];
  readonly tried: boolean;
  readonly onField: (path: JsonPath) => void;
  readonly onDiscard: () => void;
  readonly onReview: () => void;
}) {
  const dirty = isDirty(session);
  const shown = tried ? errors.filter(({ severity }) => severity === 'error') : [];
  return (
    <div className="sticky bottom-0 -mx-4 border-line border-t bg-canvas px-4 py-3 sm:-mx-6 sm:px-6">
      {shown.length > 0 ? (
        <div role="alert" className="mb-3 flex items-start gap-2.5">
          <CircleAlert size={15} aria-hidden="true" className="mt-0.5 shrink-0 text-disconnected" />
          <div className="min-w-0">
            <p className="font-semibold">{attentionText(shown)}</p>
            <ul className="mt-1 grid max-h-32 gap-1 overflow-y-auto">
              {shown.map(({ path, message }) => (
                <li key={`${path.join('.')} ${message}`} className="[overflow-wrap:anywhere]">
                  <button
                    type="button"
                    className="text-left underline decoration-line-strong underline-offset-2 hover:decoration-current"
                    onClick={() => onField(path)}
                  >
                    {problemLabel(path)}
                  </button>
                  : {message}
                </li>
              ))}
            </ul>
          </div>
        </div>
      ) : null}
      <div className="flex flex-wrap items-center justify-end gap-x-3 gap-y-2">
        <p role="status" className="min-w-0 flex-1 basis-40 text-muted">
          {changeText(session)}
        </p>
        <Button variant="outline" disabled={!dirty} onClick={onDiscard}>
          Discard changes
        </Button>
        <Button variant="primary" disabled={!dirty || session.unreadable} onClick={onReview}>
          Review changes
        </Button>
      </div>
    </div>
  );
}

function changeText({ base, object, unreadable }: EditSession): string {
  if (unreadable) return 'The YAML is invalid.';
  const count = changedPaths(base.object, object).length;
  if (count === 0) return 'No changes yet.';
  return `${count === 1 ? '1 field' : `${count} fields`} changed, not saved yet.`;
}
