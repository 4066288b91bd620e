'use client';

import { ExternalLink, GitBranch } from 'lucide-react';
import { Notice } from '@/components/ui/notice';
import { MANAGING_TOOL_LABELS, type ManagingTool } from '@/lib/plane/related/related-resources';

/** The name of each tool's unit of deployment, which `ManagingTool.name` identifies. */
const UNITS: Record<ManagingTool['tool'], string> = { argocd: 'Application', flux: '', helm: 'release' };

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
  const { tool, name, url, evidence } = managedBy;
  const label = MANAGING_TOOL_LABELS[tool];
  const unit = name === undefined ? '' : ` ${[UNITS[tool], name].filter(Boolean).join(' ')}`;
  return (
    <Notice
      tone="neutral"
      icon={<GitBranch size={15} aria-hidden="true" />}
      title={`Managed by ${label}${unit}.`}
      className={className}
    >
      {tool === 'helm'
        ? 'The next upgrade reverts changes made here. Change the chart or its values instead.'
        : `${label} reverts changes made here. Change the source instead.`}{' '}
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
