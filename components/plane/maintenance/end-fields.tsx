'use client';

import { TextInput } from '@/components/ui/controls';
import { Field, FieldSet } from '@/components/ui/field';
import { Segmented } from '@/components/ui/segmented';
import { formatAge, formatUtc } from '@/lib/plane/time/age';
import {
  draftEndMs,
  localTimeText,
  type MaintenanceDraft,
  type MaintenanceEnd,
  timeZoneText,
} from './maintenance-draft';

const ENDS: readonly { readonly value: MaintenanceEnd; readonly label: string }[] = [
  { value: '1h', label: '1 hour' },
  { value: '4h', label: '4 hours' },
  { value: 'tomorrow', label: 'Tomorrow 08:00' },
  { value: '1w', label: '1 week' },
  { value: 'exact', label: 'Date and time' },
];

/**
 * Chooses the end of a maintenance: a duration, or a date and time. Shows it in the browser's time zone and in UTC.
 */
export function EndFields({
  draft,
  nowMs,
  error,
  onChange,
}: {
  readonly draft: MaintenanceDraft;
  /** The API server's clock. */
  readonly nowMs: number;
  readonly error: string | undefined;
  readonly onChange: (change: Partial<MaintenanceDraft>) => void;
}) {
  const endMs = draftEndMs(draft, nowMs);
  return (
    <FieldSet label="Ends" error={draft.ends === 'exact' ? undefined : error}>
      <Segmented
        label="Ends"
        options={ENDS}
        value={draft.ends}
        onChange={(ends) => onChange({ ends })}
        className="w-full"
      />
      {draft.ends === 'exact' ? (
        <Field
          label="Date and time"
          name="until"
          help={`In your time zone: ${timeZoneText(endMs ?? nowMs)}.`}
          error={error}
          className="mt-3"
        >
          {(control) => (
            <TextInput
              {...control}
              type="datetime-local"
              className="max-w-60"
              value={draft.exact}
              onChange={(event) => onChange({ exact: event.target.value })}
            />
          )}
        </Field>
      ) : null}
      {endMs === null || endMs <= nowMs ? null : (
        <p className="tabular mt-2 text-muted text-xs">
          <span className="font-medium text-ink">{localTimeText(endMs)}</span> ({timeZoneText(endMs)})
          <br />
          {formatUtc(endMs)}, in {formatAge(endMs - nowMs)}
        </p>
      )}
    </FieldSet>
  );
}
