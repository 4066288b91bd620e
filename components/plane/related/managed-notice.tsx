'use client';

import { ExternalLink, GitBranch } from 'lucide-react';
import { Notice } from '@/components/ui/notice';
import type { ManagingTool } from '@/lib/plane/related/related-resources';

const TOOLS: Record<ManagingTool['tool'], { readonly words: string; readonly thing: string }> = {
  argocd: { words: 'Argo CD', thing: 'Application' },
  flux: { words: 'Flux', thing: '' },
  helm: { words: 'Helm', thing: 'release' },
};

/** Says that another tool keeps the plane as its source says, so that nobody is surprised when a change is undone. */
export function ManagedNotice({
  owner,
  className = 'border-x-0 border-t-0',
}: {
  readonly owner: ManagingTool | null;
  /** Its edges: a strip across the page, unless told otherwise. */
  readonly className?: string;
}) {
  if (owner === null) return null;
  const { words, thing } = TOOLS[owner.tool];
  const name = owner.name === undefined ? '' : ` ${[thing, owner.name].filter(Boolean).join(' ')}`;
  return (
    <Notice
      tone="neutral"
      icon={<GitBranch size={15} aria-hidden="true" />}
      title={`Kept by ${words}${name}.`}
      className={className}
    >
      {owner.tool === 'helm'
        ? 'What is changed here is reverted by its next upgrade: change the chart or its values instead.'
        : 'What is changed here will be reverted: change its source instead.'}{' '}
      {owner.url === undefined ? null : (
        <>
          <a
            href={owner.url}
            target="_blank"
            rel="noreferrer"
            className="inline-flex items-center gap-1 text-accent underline underline-offset-2"
          >
            Open it in {words}
            <ExternalLink size={11} aria-hidden="true" />
          </a>{' '}
        </>
      )}
      <span className="text-muted text-xs">Known from: {owner.evidence}.</span>
    </Notice>
  );
}
