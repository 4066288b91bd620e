'use client';

import { LockKeyhole } from 'lucide-react';
import { Button } from '@/components/ui/button';
import type { ControlProps } from '@/components/ui/field';

/** Shown instead of an input for a stored secret, which is kept unless you replace it. */
export function StoredSecret({
  control,
  label,
  onReplace,
}: {
  readonly control: ControlProps;
  readonly label: string;
  readonly onReplace: () => void;
}) {
  return (
    <div className="flex min-h-9 items-center gap-2 rounded-md border border-line border-dashed pl-2.5">
      <LockKeyhole size={14} aria-hidden="true" className="shrink-0 text-muted" />
      <span className="min-w-0 flex-1 text-muted">Stored value kept</span>
      <Button
        {...control}
        // Without this, screen readers announce the field's label instead of what the button does.
        aria-label={`Replace: ${label}`}
        onClick={() => {
          onReplace();
          // The input that replaces this button has the same id.
          requestAnimationFrame(() => document.getElementById(control.id)?.focus());
        }}
      >
        Replace
      </Button>
    </div>
  );
}
