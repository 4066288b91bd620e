'use client';

import { clsx } from 'clsx';
import { useEffect, useMemo, useRef } from 'react';

/** What a piece of YAML is, as far as colour goes. */
type YamlTokenType = 'plain' | 'key' | 'string' | 'literal' | 'comment' | 'mark';
interface YamlToken {
  readonly type: YamlTokenType;
  readonly text: string;
}

const KEY_LINE =
  /^(\s*)((?:- +)*)((?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s#"'[{&*!|>%@`-][^#]*?|-[^\s#][^#]*?))(:)(?=\s|$)(.*)$/;
const ITEM_LINE = /^(\s*)((?:- +)*-?)(.*)$/;
const LITERAL = /^(?:true|false|null|~|-?\d[\d_]*(?:\.\d+)?(?:e[+-]?\d+)?)$/i;
const BLOCK = /^\s*[|>][+-]?\d*\s*(?:#.*)?$/;

function valueTokens(text: string): YamlToken[] {
  const [, space = '', value = '', comment = ''] =
    /^(\s*)("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|.*?)(\s+#.*|\s*)$/.exec(text) ?? [];
  const bare = value.trim();
  const type = bare === '' ? 'plain' : LITERAL.test(bare) ? 'literal' : 'string';
  const tokens: YamlToken[] = [
    { type: 'plain', text: space },
    { type, text: value },
    { type: comment.trim() === '' ? 'plain' : 'comment', text: comment },
  ];
  return tokens.filter((token) => token.text !== '');
}

/**
 * Lines of YAML taken apart for colouring. Nothing is judged and nothing is lost: the texts of a line, put together,
 * are the line.
 */
export function yamlTokens(yaml: string): YamlToken[][] {
  let blockIndent: number | null = null;
  return yaml
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => {
      const indent = line.search(/\S/);
      if (blockIndent !== null && (indent < 0 || indent > blockIndent))
        return [{ type: 'string', text: line }];
      blockIndent = null;
      if (indent >= 0 && line[indent] === '#') return [{ type: 'comment', text: line }];
      const keyed = KEY_LINE.exec(line);
      if (keyed) {
        const [, space = '', dashes = '', key = '', colon = '', rest = ''] = keyed;
        if (BLOCK.test(rest)) blockIndent = indent;
        const head: YamlToken[] = [
          { type: 'mark', text: space + dashes },
          { type: 'key', text: key },
          { type: 'mark', text: colon },
        ];
        return [...head.filter((token) => token.text !== ''), ...valueTokens(rest)];
      }
      const [, space = '', dashes = '', rest = ''] = ITEM_LINE.exec(line) ?? [];
      if (BLOCK.test(rest)) blockIndent = indent;
      const head: YamlToken[] = [{ type: 'mark', text: space + dashes }];
      return [...head.filter((token) => token.text !== ''), ...valueTokens(rest)];
    });
}

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
