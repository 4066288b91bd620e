'use client';

import { Download } from 'lucide-react';
import { useMemo } from 'react';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Checkbox } from '@/components/ui/controls';
import { CopyButton } from '@/components/ui/copy-button';
import { YamlText } from '@/components/ui/yaml-text';
import { gitPatchYaml } from '@/lib/client/manifest-yaml';
import { downloadText } from '@/lib/client/text-export';
import { gitPatch } from '@/lib/plane/edit/git-patch';
import type { ObjectChanges } from '@/lib/plane/edit/object-changes';
import { PLANE_API_VERSION } from '@/lib/plane/model/kinds';
import type { Plane } from '@/lib/plane/model/plane';
import { type ManagingTool, managingToolText } from '@/lib/plane/related/related-resources';

/** Offers the change of a managed plane as a patch for its source; writing it directly needs a confirmation. */
export function ManagedChange({
  plane,
  kind,
  changes,
  tool,
  accepted,
  onAccept,
}: {
  readonly plane: Plane;
  readonly kind: string;
  readonly changes: ObjectChanges;
  /** Null: the tool is unknown. */
  readonly tool: ManagingTool | null;
  readonly accepted: boolean;
  readonly onAccept: (accepted: boolean) => void;
}) {
  const { namespace, name, plural } = plane;
  const patch = useMemo(
    () => gitPatchYaml(gitPatch({ apiVersion: PLANE_API_VERSION, kind, namespace, name }, changes)),
    [kind, namespace, name, changes],
  );
  const toolText = tool ? managingToolText(tool) : 'Another tool';
  const fileName = `${[plural, namespace, name].filter(Boolean).join('.')}.patch.yaml`;
  return (
    <Card title="Change it in its source">
      <p className="max-w-prose text-pretty">
        {toolText} manages this plane and reverts changes that aren't in its source. To keep your changes,
        apply these fields to the source.
      </p>
      <div className="mt-3 overflow-hidden rounded-lg border border-line bg-canvas">
        <div className="flex min-h-9 items-center justify-between gap-2 border-line border-b pr-1 pl-3">
          <p className="min-w-0 truncate font-mono text-xs">{fileName}</p>
          <span className="flex shrink-0">
            <CopyButton text={patch} label="Copy change" />
            <Button
              icon
              aria-label="Download change"
              title="Download change"
              onClick={() => downloadText(patch, fileName, 'application/yaml')}
            >
              <Download size={14} aria-hidden="true" />
            </Button>
          </span>
        </div>
        <YamlText yaml={patch} label="Change as YAML" className="max-h-72 p-3" />
      </div>
      <div className="mt-3">
        <Checkbox checked={accepted} onChange={(event) => onAccept(event.target.checked)}>
          Write it here anyway. I understand that {tool ? managingToolText(tool) : 'the other tool'} will
          revert it.
        </Checkbox>
      </div>
    </Card>
  );
}
