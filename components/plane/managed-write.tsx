'use client';

import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { gitPatchYaml } from '@/lib/client/manifest-yaml';
import { gitPatch } from '@/lib/plane/edit/git-patch';
import type { ObjectChanges } from '@/lib/plane/edit/object-changes';
import { PLANE_API_VERSION } from '@/lib/plane/model/kinds';
import type { Plane } from '@/lib/plane/model/plane';

/** Buttons for a small change of a managed plane: copy it as YAML for the source, or write it here anyway. */
export function ManagedWrite({
  plane,
  annotations,
  verb,
  onWrite,
}: {
  readonly plane: Plane;
  readonly annotations: NonNullable<ObjectChanges['annotations']>;
  /** The first word of the button that writes: "Save". */
  readonly verb: string;
  readonly onWrite: () => void;
}) {
  const { kind, namespace, name } = plane;
  return (
    <div className="mt-1.5 flex flex-wrap items-center gap-2">
      <CopyButton
        label="Copy change for the source"
        showLabel
        text={gitPatchYaml(
          gitPatch({ apiVersion: PLANE_API_VERSION, kind, namespace, name }, { annotations }),
        )}
      />
      <Button variant="outline" onClick={onWrite}>
        {verb} here anyway (will be reverted)
      </Button>
    </div>
  );
}
