import { parseAst } from 'vitest/node';

/** A text that a user can see, and the line it starts on. */
export interface UiText {
  readonly text: string;
  readonly line: number;
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}

/** Children that contain names of modules, types or properties instead of texts. */
const NO_TEXT: Readonly<Record<string, readonly string[]>> = {
  ImportDeclaration: ['source', 'attributes'],
  ImportExpression: ['source'],
  ExportNamedDeclaration: ['source'],
  ExportAllDeclaration: ['source'],
  Property: ['key'],
  PropertyDefinition: ['key'],
  TSLiteralType: ['literal'],
  TSTemplateLiteralType: ['quasis'],
};

/**
 * Returns the texts of a source file: strings, templates and JSX text, but no comments, types or module names.
 * Concatenated strings count as one text. Strings of one lowercase word are left out, because they are codes.
 *
 * @param path decides the language: `.tsx`, `.ts` or JavaScript
 */
export function textsOfSource(path: string, source: string): UiText[] {
  const lang = path.endsWith('.tsx') ? 'tsx' : path.endsWith('.ts') ? 'ts' : 'js';
  const texts: UiText[] = [];
  const add = (text: string, { start }: Node) => {
    texts.push({ text, line: source.slice(0, start).split('\n').length });
  };
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) {
      for (const item of value) visit(item);
      return;
    }
    if (!isNode(value)) return;
    const text = textOf(value);
    if (text !== null) {
      if (!/^[a-z][\w-]*$/.test(text)) add(text, value);
      // The expressions of templates can contain texts too.
      for (const expression of expressionsIn(value)) visit(expression);
      return;
    }
    const skipped = NO_TEXT[value.type] ?? [];
    const children = Object.entries(value).filter(([name]) => !skipped.includes(name));
    for (const [name, child] of children) visit(name === 'children' ? joinJsxTexts(child) : child);
  };
  visit(parseAst(source, { lang }, path));
  return texts;
}

/** Returns the texts of a Markdown file: everything outside code. */
export function textsOfMarkdown(markdown: string): UiText[] {
  const blank = (code: string) => code.replace(/[^\n]/g, ' ');
  const text = markdown.replace(/^```[\s\S]*?^```/gm, blank).replace(/`(?:[^`\n]|\n(?!\n))*`/g, blank);
  return [{ text, line: 1 }];
}

/** Returns the text of a string, a template, a concatenation or JSX text; null for other nodes. */
function textOf(node: Node): string | null {
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : null;
  if (node.type === 'JSXText') return String(node.value);
  if (node.type === 'TemplateLiteral') {
    const quasis = node.quasis as { value: { raw: string } }[];
    return quasis.map(({ value }) => value.raw).join('{}');
  }
  if (node.type !== 'BinaryExpression' || node.operator !== '+') return null;
  const parts = [node.left, node.right].map((side) => (isNode(side) ? textOf(side) : null));
  return parts.every((part) => part !== null) ? parts.join('') : null;
}

/** Returns the expressions of the templates in a text. */
function expressionsIn(text: unknown): readonly unknown[] {
  if (!isNode(text)) return [];
  if (text.type === 'TemplateLiteral') return text.expressions as unknown[];
  return [text.left, text.right].flatMap(expressionsIn);
}

/** Joins the JSX texts and `{' '}` that follow each other, because the formatter splits sentences there. */
function joinJsxTexts(children: unknown): unknown {
  if (!Array.isArray(children)) return children;
  const joined: unknown[] = [];
  for (const child of children) {
    const last = joined.at(-1);
    const [before, text] = [jsxTextOf(last), jsxTextOf(child)];
    if (text === null || before === null || !isNode(last)) joined.push(child);
    else joined.splice(-1, 1, { type: 'JSXText', start: last.start, value: before + text });
  }
  return joined;
}

function jsxTextOf(node: unknown): string | null {
  if (!isNode(node)) return null;
  if (node.type === 'JSXText') return String(node.value);
  const { expression } = node;
  return node.type === 'JSXExpressionContainer' && isNode(expression) && expression.type === 'Literal'
    ? textOf(expression)
    : null;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}
