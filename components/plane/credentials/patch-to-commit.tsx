'use client';

import { CopyButton } from '@/components/ui/copy-button';
import { YamlText } from '@/components/ui/yaml-text';
import type { CommitPatch } from './commit-patch';

/** What to commit at the source instead of writing it here. */
export function PatchToCommit({ patch: { object, yaml } }: { readonly patch: CommitPatch }) {
  return (
    <div className="overflow-hidden rounded-lg border border-line bg-canvas">
      <div className="flex items-center justify-between gap-2 border-line border-b pl-3">
        <p className="min-w-0 text-pretty py-1.5 text-muted text-xs [overflow-wrap:anywhere]">
          Better: commit this to its source, as a change of {object}
        </p>
        <CopyButton text={yaml} label="Copy the patch to commit" />
      </div>
      <YamlText yaml={yaml} label={`Patch of ${object}`} className="max-h-64 overflow-auto p-3" />
    </div>
  );
}
