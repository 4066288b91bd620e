'use client';

import { FileCheck, LoaderCircle } from 'lucide-react';
import { useState } from 'react';
import type { CurrentPlane } from '@/components/plane/use-current-plane';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/controls';
import { CopyButton } from '@/components/ui/copy-button';
import { ErrorBox, IconLine } from '@/components/ui/notice';
import { YamlText } from '@/components/ui/yaml-text';
import type { CredentialReplacementAnswer } from '@/lib/api/credentials';
import { manifestYaml } from '@/lib/client/manifest-yaml';
import { type CommitPatch, commitPatch, referencePatch } from '@/lib/plane/credentials/commit-patch';
import { credentialPlace } from '@/lib/plane/credentials/credential-place';
import type { CredentialSlot } from '@/lib/plane/credentials/credential-slot';
import { isJsonObject } from '@/lib/plane/json/json';
import { type ManagingTool, managingToolText } from '@/lib/plane/related/related-resources';
import type { ReplacementControl } from './use-credential-replacement';

/** The tool that will or may undo a write. */
interface Revert {
  /** A sentence. */
  readonly text: string;
  /** True if the tool manages the written object itself; false if it manages the plane that the object belongs to. */
  readonly isCertain: boolean;
}

/** How the tool that manages a plane reacts to a written credential; null if no tool manages the plane. */
function expectedRevert(managedBy: ManagingTool | null, changesPlane: boolean): Revert | null {
  if (!managedBy) return null;
  const tool = managingToolText(managedBy);
  return changesPlane
    ? {
        text: `${tool} manages this plane and will revert changes that aren't in its source.`,
        isCertain: true,
      }
    : {
        text: `${tool} manages this plane. If it also manages this Secret, it will revert changes that aren't in its source.`,
        isCertain: false,
      };
}

/**
 * The result of a replacement's dry run, and the button that writes it. If another tool manages the object, shows the
 * patch for its source first, and writing here needs a confirmation.
 */
export function WriteReview({
  replacement: { state, write, reset },
  verb,
  current: { row, detail, related },
  slot,
  keySlot = null,
  shownWarnings = [],
}: {
  readonly replacement: ReplacementControl;
  readonly verb: string;
  readonly current: CurrentPlane;
  readonly slot: CredentialSlot;
  /** The slot of a client certificate's private key, which may be replaced with it. */
  readonly keySlot?: CredentialSlot | null;
  /** Warnings that the page already shows. */
  readonly shownWarnings?: readonly string[];
}) {
  const [confirmed, setConfirmed] = useState<'checked' | 'managed' | null>(null);
  switch (state.phase) {
    case 'idle':
    case 'written':
      return null;
    case 'checking':
    case 'writing':
      return (
        <p className="flex items-center gap-2 text-muted">
          <LoaderCircle size={14} aria-hidden="true" className="animate-spin" />
          {state.phase === 'checking' ? 'Checking with the API server…' : 'Writing…'}
        </p>
      );
    case 'failed':
      return <ErrorBox>{state.message}</ErrorBox>;
    case 'checked':
    case 'managed': {
      const { plane } = row;
      const spec = isJsonObject(detail?.spec) ? detail.spec : {};
      const { switched = [] } = state.answer;
      const changesPlane = switched.length > 0 || credentialPlace(spec, slot, plane).at === 'inline';
      const revert: Revert | null =
        state.phase === 'managed'
          ? { text: state.detail, isCertain: true }
          : expectedRevert(related.value?.managedBy ?? null, changesPlane);
      const isConfirmed = confirmed === state.phase;
      const materials = [
        { slot, pem: state.answer.bundle ?? null },
        ...(keySlot === null || state.request.key === undefined ? [] : [{ slot: keySlot, pem: null }]),
      ];
      const patch =
        revert === null
          ? null
          : switched.length > 0
            ? referencePatch(plane, plane.kind, spec, switched)
            : commitPatch(plane, plane.kind, spec, materials);
      return (
        <section
          aria-label="Pending change"
          className="grid gap-3 rounded-lg border border-accent bg-accent-soft p-3"
        >
          {state.phase === 'checked' ? (
            <DryRunResult answer={state.answer} shownWarnings={shownWarnings} />
          ) : null}
          {revert === null ? null : (
            <div role="status" className="grid gap-2">
              <IconLine tone="warning">{revert.text}</IconLine>
              {patch === null ? null : <PatchToCommit patch={patch} />}
              <Checkbox
                checked={isConfirmed}
                onChange={(event) => setConfirmed(event.target.checked ? state.phase : null)}
              >
                Write it here anyway. I understand that it {revert.isCertain ? 'will' : 'may'} be reverted.
              </Checkbox>
            </div>
          )}
          <div className="flex flex-wrap gap-2">
            <Button
              variant="primary"
              disabled={revert !== null && !isConfirmed}
              onClick={() => write(state, revert?.isCertain === true)}
            >
              {verb}
            </Button>
            <Button variant="outline" onClick={reset}>
              Cancel
            </Button>
          </div>
        </section>
      );
    }
  }
}

/** The prefix of a warning about a bundle: the certificate's position in it. */
const PLACE = /^Certificate \d+ of \d+: /;

function DryRunResult({
  answer: { written, switched = [], warnings },
  shownWarnings,
}: {
  readonly answer: CredentialReplacementAnswer;
  readonly shownWarnings: readonly string[];
}) {
  const shown = new Set(shownWarnings.map((warning) => warning.replace(PLACE, '')));
  const others = warnings.filter((warning) => !shown.has(warning.replace(PLACE, '')));
  return (
    <div role="status" className="grid gap-2">
      <p className="flex items-start gap-2 font-medium">
        <FileCheck size={14} aria-hidden="true" className="mt-0.5 shrink-0 text-healthy" />
        Dry run passed. Nothing has been written yet.
      </p>
      <ul className="grid gap-1 pl-5.5">
        {written.map(({ kind, namespace, name, created }) => (
          <li key={`${kind} ${namespace ?? ''} ${name}`} className="[overflow-wrap:anywhere]">
            {created ? 'Creates' : 'Updates'} {kind}{' '}
            <code className="font-mono text-xs">
              {namespace === undefined ? '' : `${namespace}/`}
              {name}
            </code>
            {kind === 'Secret' ? '' : ', so its controller reconciles it at once'}
          </li>
        ))}
        {switched.map(({ namespace, from, to }) => (
          <li key={`${namespace}/${to}`} className="[overflow-wrap:anywhere]">
            Switches this plane's references from Secret {namespace}/{from} to {namespace}/{to}
          </li>
        ))}
      </ul>
      {others.map((warning) => (
        <IconLine key={warning} tone="warning">
          {warning}
        </IconLine>
      ))}
    </div>
  );
}

/** The patch to commit to the plane's source instead of writing here. */
function PatchToCommit({ patch: { object, manifests } }: { readonly patch: CommitPatch }) {
  const yaml = manifestYaml(manifests);
  return (
    <div className="overflow-hidden rounded-lg border border-line bg-canvas">
      <div className="flex items-center justify-between gap-2 border-line border-b pl-3">
        <p className="min-w-0 text-pretty py-1.5 text-muted text-xs [overflow-wrap:anywhere]">
          Recommended: commit this to the source of {object}
        </p>
        <CopyButton text={yaml} label="Copy patch" />
      </div>
      <YamlText yaml={yaml} label={`Patch for ${object}`} className="max-h-64 overflow-auto p-3" />
    </div>
  );
}
