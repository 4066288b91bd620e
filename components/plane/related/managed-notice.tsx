'use client';

import { ExternalLink, GitBranch } from 'lucide-react';
import { Notice } from '@/components/ui/notice';
import { managingToolEntry } from '@/lib/plane/related/managing-tools';
import {
  type ManagingTool,
  managingToolLabel,
  managingToolPhrase,
} from '@/lib/plane/related/related-resources';

/** Says that another tool manages the plane and will revert changes made here. */
export function ManagedNotice({
  managedBy,
  className = 'border-x-0 border-t-0',
}: {
  readonly managedBy: ManagingTool | null;
  /** The classes of its edges; a strip across the page by default. */
  readonly className?: string;
}) {
  if (managedBy === null) return null;
  const { url, evidence } = managedBy;
  const label = managingToolLabel(managedBy);
  return (
    <Notice
      tone="neutral"
      icon={<GitBranch size={15} aria-hidden="true" />}
      title={`Managed by ${managingToolPhrase(managedBy)}.`}
      className={className}
    >
      {revertText(managedBy)}{' '}
      {url === undefined ? null : (
        <>
          <a
            href={url}
            target="_blank"
            rel="noreferrer"
            className="inline-flex items-center gap-1 text-accent underline underline-offset-2"
          >
            Open in {label}
            <ExternalLink size={11} aria-hidden="true" />
          </a>{' '}
        </>
      )}
      <span className="text-muted text-xs">Source: {evidence}.</span>
    </Notice>
  );
}

function revertText(managedBy: ManagingTool): string {
  const { nextRun } = managingToolEntry(managedBy.tool);
  const reverts = nextRun === undefined ? managingToolLabel(managedBy) : `The next ${nextRun}`;
  const source = managedBy.tool === 'helm' ? 'the chart or its values' : 'the source';
  return `${reverts} reverts changes made here. Change ${source} instead.`;
}
