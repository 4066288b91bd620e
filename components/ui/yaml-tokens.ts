/** What a piece of YAML is, as far as colour goes. */
export type YamlTokenType = 'plain' | 'key' | 'string' | 'literal' | 'comment' | 'mark';
export interface YamlToken {
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
