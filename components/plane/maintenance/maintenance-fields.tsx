'use client';

import { TextInput } from '@/components/ui/controls';
import { Field } from '@/components/ui/field';
import { MAX_MAINTENANCE_REASON } from '@/lib/plane/model/maintenance';
import { EndFields } from './end-fields';
import type { draftProblems, MaintenanceDraft } from './maintenance-draft';

/** The end and the reason of a maintenance, for one plane or for many. */
export function MaintenanceFields({
  draft,
  nowMs,
  problems,
  tried,
  readOnly = false,
  onChange,
}: {
  readonly draft: MaintenanceDraft;
  /** The API server's clock. */
  readonly nowMs: number;
  readonly problems: ReturnType<typeof draftProblems>;
  /** Whether the person has tried to save. A date and time that is still empty is no problem before. */
  readonly tried: boolean;
  readonly readOnly?: boolean;
  readonly onChange: (draft: MaintenanceDraft) => void;
}) {
  return (
    <>
      <EndFields
        draft={draft}
        nowMs={nowMs}
        error={tried || draft.exact !== '' ? problems.until : undefined}
        onChange={(change) => onChange({ ...draft, ...change })}
      />
      <Field
        label="Reason"
        name="reason"
        optional
        help="Visible to everyone who can see the plane or a wall."
        error={problems.reason}
        className="mt-4"
        action={
          <span className="tabular text-muted text-xs">
            {draft.reason.trim().length} / {MAX_MAINTENANCE_REASON}
          </span>
        }
      >
        {(control) => (
          <TextInput
            {...control}
            spellCheck
            readOnly={readOnly}
            value={draft.reason}
            onChange={(event) => onChange({ ...draft, reason: event.target.value })}
          />
        )}
      </Field>
    </>
  );
}
