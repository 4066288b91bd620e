'use client';

import { clsx } from 'clsx';
import { useDeferredValue, useMemo, useRef } from 'react';
import { CopyButton } from '@/components/ui/copy-button';
import { YamlText } from '@/components/ui/yaml-text';
import { manifestYaml } from '@/lib/client/manifest-yaml';
import { manifestsOf } from '@/lib/plane/registration/manifests';
import { maskedManifests } from '@/lib/plane/registration/masked-manifests';
import { useWizard } from './wizard-context';

/** The YAML that the draft will write, with secrets masked. `bare` omits the frame. */
export function YamlPreview({ bare = false }: { readonly bare?: boolean }) {
  const { kind, draft, user } = useWizard();
  const shown = useDeferredValue(draft);
  const objects = useMemo(
    () =>
      kind && shown && shown.plural === kind.entry.plural
        ? maskedManifests(manifestsOf(shown, kind, { user }))
        : [],
    [kind, shown, user],
  );
  const yaml = useMemo(() => manifestYaml(objects), [objects]);
  const marked = useChangedLines(yaml);
  const secrets = objects.length - 1;
  return (
    <div className={clsx(!bare && 'overflow-hidden rounded-xl border border-line bg-surface')}>
      <div
        className={clsx(
          'flex min-h-10 items-center justify-between gap-2 border-line border-b px-4',
          bare && 'border-t',
        )}
      >
        <p className="min-w-0 truncate">
          {bare ? null : <span className="font-semibold">YAML</span>}
          <span className={clsx('text-muted text-xs', !bare && 'ml-2')}>
            {objects.length === 0
              ? 'preview'
              : secrets === 0
                ? '1 plane'
                : `${secrets === 1 ? '1 Secret' : `${secrets} Secrets`} and 1 plane`}
          </span>
        </p>
        {objects.length === 0 ? null : <CopyButton text={yaml} label="Copy YAML" />}
      </div>
      {objects.length === 0 ? (
        <p className="px-4 py-6 text-pretty text-muted">
          The resources to create appear here. Choose a kind to begin.
        </p>
      ) : (
        <YamlText
          yaml={yaml}
          label="YAML of the resources to create"
          marked={marked}
          className={clsx('p-4', bare ? 'max-h-96' : 'max-h-[calc(100dvh-16.5rem)]')}
        />
      )}
    </div>
  );
}

/** Returns where the text differs from the previous one; undefined for the first text, which is new as a whole. */
function useChangedLines(text: string): { from: number; to: number; id: number } | undefined {
  const before = useRef<{ text: string; mark: ReturnType<typeof useChangedLines> } | null>(null);
  return useMemo(() => {
    const last = before.current;
    if (last?.text === text) return last.mark;
    const [from, to] =
      last && last.text !== '' ? changedLines(last.text.split('\n'), text.split('\n')) : [0, 0];
    const mark = from === to ? undefined : { from, to, id: (last?.mark?.id ?? 0) + 1 };
    before.current = { text, mark };
    return mark;
  }, [text]);
}

/**
 * Finds the new lines of a text: all between the beginning and the end that it shares with the older text. Some of
 * these may be unchanged; that is enough to highlight a change, and costs one pass.
 *
 * @returns the first new line and the line after the last, counted from 0; equal if nothing is new
 */
export function changedLines(
  before: readonly string[],
  after: readonly string[],
): [from: number, to: number] {
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  while (from < shorter && before[from] === after[from]) from += 1;
  let tail = 0;
  while (tail < shorter - from && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  return [from, after.length - tail];
}
