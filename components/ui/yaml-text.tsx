'use client';

import { clsx } from 'clsx';
import { useEffect, useMemo, useRef } from 'react';

/** The kinds of YAML tokens that colors distinguish. */
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

const QUOTED = /^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')(?=\s*$|\s+#)/;

/** Takes linear time: the resource's author chooses the text. */
function valueTokens(text: string): YamlToken[] {
  const rest = text.trimStart();
  const space = text.slice(0, text.length - rest.length);
  if (space !== '' && rest.startsWith('#')) return [{ type: 'comment', text }];
  const value = QUOTED.exec(rest)?.[0] ?? beforeComment(rest).trimEnd();
  const behind = rest.slice(value.length);
  const tokens: YamlToken[] = [
    { type: 'plain', text: space },
    { type: value === '' ? 'plain' : LITERAL.test(value) ? 'literal' : 'string', text: value },
    { type: behind.trim() === '' ? 'plain' : 'comment', text: behind },
  ];
  return tokens.filter((token) => token.text !== '');
}

function beforeComment(text: string): string {
  const at = text.search(/\s#/);
  return at < 0 ? text : text.slice(0, at);
}

/**
 * Splits lines of YAML into tokens for coloring. It checks and drops nothing: the tokens of a line add up to the
 * line.
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

/** Longer YAML isn't colored: every token is an element, and a browser takes half a minute for tens of thousands. */
const MAX_COLORED_CHARACTERS = 200_000;

const TONES: Record<YamlTokenType, string> = {
  plain: '',
  key: 'text-accent',
  string: 'text-healthy',
  literal: 'text-stale',
  comment: 'text-muted italic',
  mark: 'text-muted',
};

/** Colored YAML in a region that scrolls sideways. */
export function YamlText({
  yaml,
  label,
  marked,
  className,
}: {
  readonly yaml: string;
  /** Names this YAML for screen readers. */
  readonly label: string;
  /** Lines to highlight briefly, from `from` up to but not including `to`. A new `id` highlights them again. */
  readonly marked?: { readonly from: number; readonly to: number; readonly id: number } | undefined;
  readonly className?: string;
}) {
  const isColored = yaml.length <= MAX_COLORED_CHARACTERS;
  const lines = useMemo(() => (isColored ? yamlTokens(yaml) : []), [isColored, yaml]);
  const region = useRef<HTMLElement>(null);
  const markId = marked?.id;
  useEffect(() => {
    if (markId !== undefined) showMarked(region.current);
  }, [markId]);
  const isMarked = (line: number) => marked !== undefined && line >= marked.from && line < marked.to;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable text must be reachable by keyboard.
    <section ref={region} aria-label={label} tabIndex={0} className={clsx('overflow-auto', className)}>
      <pre className="w-fit min-w-full font-mono text-xs leading-5">
        {isColored ? null : yaml}
        {lines.map((tokens, line) => (
          <div
            key={isMarked(line) ? `${line} ${marked?.id}` : line}
            className={clsx('min-h-5', isMarked(line) && 'flash')}
          >
            {tokens.map((token, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a token has no identity beyond its place in the line.
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

/** Scrolls the marked lines into view, but only within their region: a person is typing into the page around it. */
function showMarked(region: HTMLElement | null): void {
  const line = region?.querySelector<HTMLElement>('.flash');
  if (!region || !line) return;
  const top = line.getBoundingClientRect().top - region.getBoundingClientRect().top;
  const isInSight = top >= 0 && top + line.offsetHeight <= region.clientHeight;
  if (!isInSight) region.scrollTop += top - region.clientHeight / 3;
}
