'use client';

import { Download } from 'lucide-react';
import Link from 'next/link';
import { useMemo, useState } from 'react';
import { useDraftedWizard } from '@/components/registration/wizard-context';
import { Button } from '@/components/ui/button';
import { CommandBlock } from '@/components/ui/command-block';
import { CopyButton } from '@/components/ui/copy-button';
import { DisclosureSummary } from '@/components/ui/disclosure-summary';
import { YamlText } from '@/components/ui/yaml-text';
import { manifestYaml } from '@/lib/client/manifest-yaml';
import { downloadText } from '@/lib/client/text-export';
import { NO_PARAMETERS, setupPath } from '@/lib/plane/agent-setup/setup-link';
import { type GitFile, gitFiles } from '@/lib/plane/registration/git-files';
import { planeIDOf } from '@/lib/plane/registration/known-planes';
import { manifestsOf } from '@/lib/plane/registration/manifests';

/**
 * The registration as files and commands, for people who keep their planes in git. The wizard can end here without
 * writing anything.
 */
export function GitPanel({ isComplete }: { readonly isComplete: boolean }) {
  const { readOnly } = useDraftedWizard();
  const [open, setOpen] = useState(readOnly);
  return (
    <details
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
      className="group rounded-xl border border-line bg-surface"
    >
      <DisclosureSummary className="font-medium">
        <span>
          {readOnly ? 'Manifests and commands' : 'Use git instead'}
          <span className="ml-2 font-normal text-muted text-xs">
            Manifests and kubectl commands; nothing is created
          </span>
        </span>
      </DisclosureSummary>
      {open ? <GitContent isComplete={isComplete} /> : null}
    </details>
  );
}

function GitContent({ isComplete }: { readonly isComplete: boolean }) {
  const { kind, draft } = useDraftedWizard();
  const { files, commands } = useMemo(() => gitFiles(manifestsOf(draft, kind)), [draft, kind]);
  const hasPlaceholders = files.some((file) => file.hasPlaceholders);
  const namespaced = kind.entry.scope === 'Namespaced';
  const identity = {
    plural: kind.entry.plural,
    ...(namespaced ? { namespace: draft.namespace } : {}),
    name: draft.name,
  };
  return (
    <div className="grid gap-4 border-line border-t px-4 py-4">
      {isComplete ? null : <p className="text-degraded">The draft is incomplete, and so are these files.</p>}
      <p className="text-pretty text-muted">
        {hasPlaceholders
          ? "Secret values are replaced with placeholders in angle brackets. Fill them in with your repository's secret tooling, or create the Secrets with the commands below."
          : 'These files contain no secrets.'}
      </p>
      {files.map((file) => (
        <FileBlock key={file.name} file={file} />
      ))}
      <p className="text-pretty text-muted">Run these commands against the control plane's cluster.</p>
      <ol className="grid gap-3">
        {commands.map(({ title, command }, index) => (
          <li key={title} className="min-w-0">
            <p className="font-medium">
              <span aria-hidden="true" className="tabular text-muted">
                {index + 1}.
              </span>{' '}
              {title}
            </p>
            <CommandBlock command={command} label={title} />
          </li>
        ))}
      </ol>
      {isComplete ? (
        <p className="text-pretty">
          Then{' '}
          <Link
            href={setupPath(identity, { ...NO_PARAMETERS, planeID: planeIDOf(draft, kind) }) as '/register'}
            prefetch={false}
            className="font-medium text-accent underline underline-offset-2"
          >
            watch it connect
          </Link>
          . The page waits until the plane exists.
        </p>
      ) : null}
    </div>
  );
}

function FileBlock({ file }: { readonly file: GitFile }) {
  const yaml = useMemo(() => manifestYaml(file.manifests), [file]);
  return (
    <div className="min-w-0 overflow-hidden rounded-lg border border-line bg-canvas">
      <div className="flex min-h-9 items-center justify-between gap-2 border-line border-b pr-1 pl-3">
        <p className="min-w-0 truncate font-mono text-xs">{file.name}</p>
        <span className="flex shrink-0">
          <CopyButton text={yaml} label={`Copy ${file.name}`} />
          <Button
            icon
            aria-label={`Download ${file.name}`}
            title={`Download ${file.name}`}
            onClick={() => downloadText(yaml, file.name, 'application/yaml')}
          >
            <Download size={14} aria-hidden="true" />
          </Button>
        </span>
      </div>
      <YamlText yaml={yaml} label={`File ${file.name}`} className="max-h-72 p-3" />
    </div>
  );
}
