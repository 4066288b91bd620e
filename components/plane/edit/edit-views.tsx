'use client';

import type { ReactNode } from 'react';
import { Segmented } from '@/components/ui/segmented';
import type { EditView } from '@/lib/plane/model/plane-task';

const VIEWS: readonly { value: EditView; label: string }[] = [
  { value: 'form', label: 'Form' },
  { value: 'yaml', label: 'YAML' },
];

/** The choice between the views of one edit, and the one that is open. */
export function EditViews({
  view,
  formProblem,
  onOpen,
  children,
}: {
  readonly view: EditView;
  /** Why the form cannot be opened; null: it can. */
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
