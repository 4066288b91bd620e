'use client';

import { FileCheck, LoaderCircle } from 'lucide-react';
import { useState } from 'react';
import { type Keeper, keeperOf } from '@/components/plane/managing-tool-label';
import type { CurrentPlane } from '@/components/plane/use-current-plane';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { ErrorBox, IconLine } from '@/components/ui/icon-line';
import type { CredentialReplacementAnswer } from '@/lib/api/plane-writes';
import { credentialPlace } from '@/lib/plane/credentials/credential-place';
import type { CredentialSlot } from '@/lib/plane/credentials/credential-slot';
import { isJsonObject } from '@/lib/plane/json/json';
import { commitPatch } from './commit-patch';
import { PatchToCommit } from './patch-to-commit';
import type { CredentialChanging } from './use-credential-replacement';

/**
 * What a change of a credential will do, as the API server tried it, and the button that does it. Where another tool keeps
 * what would be written, the patch for its source comes first, and writing all the same has to be confirmed.
 */
export function WriteReview({
  changing: { state, write, reset },
  verb,
  now: { row, detail, related },
  slot,
  keySlot = null,
  told = [],
}: {
  readonly changing: CredentialChanging;
  readonly verb: string;
  readonly now: CurrentPlane;
  readonly slot: CredentialSlot;
  /** Of a client certificate: where its private key stands, which may be replaced with it. */
  readonly keySlot?: CredentialSlot | null;
  /** Warnings that stand on the page already. */
  readonly told?: readonly string[];
}) {
  const [confirmed, setConfirmed] = useState<'tried' | 'owned' | null>(null);
  switch (state.phase) {
    case 'idle':
    case 'written':
      return null;
    case 'trying':
    case 'writing':
      return (
        <p className="flex items-center gap-2 text-muted">
          <LoaderCircle size={14} aria-hidden="true" className="animate-spin" />
          {state.phase === 'trying' ? 'The API server tries it …' : 'Writing …'}
        </p>
      );
    case 'failed':
      return <ErrorBox>{state.message}</ErrorBox>;
    case 'tried':
    case 'owned': {
      const { plane } = row;
      const spec = isJsonObject(detail?.spec) ? detail.spec : {};
      const isInline = credentialPlace(spec, slot, plane).at === 'inline';
      const kept: Keeper | null =
        state.phase === 'owned'
          ? { words: state.detail, isCertain: true }
          : keeperOf(related.value?.owner ?? null, isInline);
      const isConfirmed = confirmed === state.phase;
      const materials = [
        { slot, pem: state.answer.stands ?? null },
        ...(keySlot === null || state.change.key === undefined ? [] : [{ slot: keySlot, pem: null }]),
      ];
      const patch = kept === null ? null : commitPatch(plane, plane.kind, spec, materials);
      return (
        <section
          aria-label="What will be written"
          className="grid gap-3 rounded-lg border border-accent bg-accent-soft p-3"
        >
          {state.phase === 'tried' ? <Tried answer={state.answer} told={told} /> : null}
          {kept === null ? null : (
            <div role="status" className="grid gap-2">
              <IconLine tone="warning">{kept.words}</IconLine>
              {patch === null ? null : <PatchToCommit patch={patch} />}
              <Checkbox
                checked={isConfirmed}
                onChange={(event) => setConfirmed(event.target.checked ? state.phase : null)}
              >
                Write it all the same: I know that it {kept.isCertain ? 'will' : 'may'} be reverted.
              </Checkbox>
            </div>
          )}
          <div className="flex flex-wrap gap-2">
            <Button
              variant="primary"
              disabled={kept !== null && !isConfirmed}
              onClick={() => write(state, kept?.isCertain === true)}
            >
              {verb}
            </Button>
            <Button variant="outline" onClick={reset}>
              Go back
            </Button>
          </div>
        </section>
      );
    }
  }
}

/** In a bundle each certificate's warnings are told with its place. */
const PLACE = /^Certificate \d+ of \d+: /;

function Tried({
  answer: { written, warnings },
  told,
}: {
  readonly answer: CredentialReplacementAnswer;
  readonly told: readonly string[];
}) {
  const there = new Set(told.map((warning) => warning.replace(PLACE, '')));
  const untold = warnings.filter((warning) => !there.has(warning.replace(PLACE, '')));
  return (
    <div role="status" className="grid gap-2">
      <p className="flex items-start gap-2 font-medium">
        <FileCheck size={14} aria-hidden="true" className="mt-0.5 shrink-0 text-healthy" />
        The API server has tried it and would take it. Nothing is written yet.
      </p>
      <ul className="grid gap-1 pl-5.5">
        {written.map(({ kind, namespace, name }) => (
          <li key={`${kind} ${namespace ?? ''} ${name}`} className="[overflow-wrap:anywhere]">
            {kind === 'Secret' ? 'Changes' : 'Changes or touches'} {kind}{' '}
            <code className="font-mono text-xs">
              {namespace === undefined ? '' : `${namespace}/`}
              {name}
            </code>
            {kind === 'Secret' ? '' : ', so that its controller takes it up at once'}
          </li>
        ))}
      </ul>
      {untold.map((warning) => (
        <IconLine key={warning} tone="warning">
          {warning}
        </IconLine>
      ))}
    </div>
  );
}
