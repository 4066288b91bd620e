'use client';

import { gitPatch } from '@/components/plane/edit/git-patch';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import type { ObjectChanges } from '@/lib/plane/edit/object-changes';
import { PLANE_API_VERSION } from '@/lib/plane/model/kinds';
import type { Plane } from '@/lib/plane/model/plane';

/** Another tool keeps the plane: a small change as YAML for its source, or written here knowing that it will be reverted. */
export function ManagedWrite({
  plane,
  annotations,
  verb,
  onWrite,
}: {
  readonly plane: Plane;
  readonly annotations: NonNullable<ObjectChanges['annotations']>;
  /** What writing does, as the first word of its button: "Save". */
  readonly verb: string;
  readonly onWrite: () => void;
}) {
  const { kind, namespace, name } = plane;
  return (
    <div className="mt-1.5 flex flex-wrap items-center gap-2">
      <CopyButton
        label="Copy the change for its source"
        showLabel
        text={gitPatch({ apiVersion: PLANE_API_VERSION, kind, namespace, name }, { annotations })}
      />
      <Button variant="outline" onClick={onWrite}>
        {verb} here all the same: it will be reverted
      </Button>
    </div>
  );
}
