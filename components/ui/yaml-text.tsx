'use client';

import { clsx } from 'clsx';
import { useEffect, useMemo, useRef } from 'react';
import { type YamlTokenType, yamlTokens } from './yaml-tokens';

const TONES: Record<YamlTokenType, string> = {
  plain: '',
  key: 'text-accent',
  string: 'text-healthy',
  literal: 'text-stale',
  comment: 'text-muted italic',
  mark: 'text-muted',
};

/** YAML in colours, in a region of its own that scrolls sideways. */
export function YamlText({
  yaml,
  label,
  marked,
  className,
}: {
  readonly yaml: string;
  /** What this YAML is, for screen readers. */
  readonly label: string;
  /** Lines to point at for a moment, from the first to before the last; renewed with `id`, so that they light up again. */
  readonly marked?: { readonly from: number; readonly to: number; readonly id: number } | undefined;
  readonly className?: string;
}) {
  const lines = useMemo(() => yamlTokens(yaml), [yaml]);
  const region = useRef<HTMLElement>(null);
  const markId = marked?.id;
  useEffect(() => {
    if (markId !== undefined) showMarked(region.current);
  }, [markId]);
  const isMarked = (line: number) => marked !== undefined && line >= marked.from && line < marked.to;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys, or long lines stay unread.
    <section ref={region} aria-label={label} tabIndex={0} className={clsx('overflow-auto', className)}>
      <pre className="w-fit min-w-full font-mono text-xs leading-5">
        {lines.map((tokens, line) => (
          <div
            key={isMarked(line) ? `${line} ${marked?.id}` : line}
            className={clsx('min-h-5', isMarked(line) && 'flash')}
          >
            {tokens.map((token, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: so has a token within its line.
              <span key={index} className={TONES[token.type]}>
                {token.text}
              </span>
            ))}
          </div>
        ))}
      </pre>
    </section>
  );
}

/** Scrolls what was marked into sight, within its region alone: the page around it is being typed into. */
function showMarked(region: HTMLElement | null): void {
  const line = region?.querySelector<HTMLElement>('.flash');
  if (!region || !line) return;
  const top = line.getBoundingClientRect().top - region.getBoundingClientRect().top;
  const isInSight = top >= 0 && top + line.offsetHeight <= region.clientHeight;
  if (!isInSight) region.scrollTop += top - region.clientHeight / 3;
}
