'use client';

import { closeBrackets } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, indentService } from '@codemirror/language';
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { Annotation, type ChangeSpec, EditorState, type Extension } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  drawSelection,
  EditorView,
  highlightActiveLine,
  keymap,
  lineNumbers,
  MatchDecorator,
  ViewPlugin,
  type ViewUpdate,
} from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { MASK } from '@/lib/plane/masking/mask';
import type { SchemaNode } from '@/lib/plane/schema/schema-node';
import { indentAfter, replacementOf } from './editor-text';
import { editorTheme } from './editor-theme';
import { fieldHelp } from './field-help';

export type YamlDiagnostic = Pick<Diagnostic, 'from' | 'to' | 'severity' | 'message'>;

/** Marks a change that comes from the page, not from the user. */
const fromPage = Annotation.define<true>();

/**
 * An editor for YAML with help from the schema. The page owns the text: typing calls `onChange`, and a new `text` is
 * applied with as few changes as possible to keep the cursor in place.
 *
 * Tab leaves the editor, as everywhere on the page.
 *
 * @param schema of the edited text; null: unknown, so nothing is proposed
 */
export function YamlEditor({
  label,
  text,
  onChange,
  schema,
  diagnostics,
}: {
  readonly label: string;
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly schema: SchemaNode | null;
  readonly diagnostics: readonly YamlDiagnostic[];
}) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const latest = useRef({ onChange, schema, text });
  latest.current = { onChange, schema, text };

  useEffect(() => {
    if (!host.current) return;
    const editor = new EditorView({
      parent: host.current,
      state: EditorState.create({ doc: latest.current.text, extensions: extensions(label, latest) }),
    });
    view.current = editor;
    return () => {
      view.current = null;
      editor.destroy();
    };
  }, [label]);

  useEffect(() => {
    const editor = view.current;
    const changes: ChangeSpec | null = editor && replacementOf(editor.state.doc.toString(), text);
    if (editor && changes) editor.dispatch({ changes, annotations: fromPage.of(true) });
  }, [text]);

  useEffect(() => {
    const editor = view.current;
    if (!editor || editor.state.doc.toString() !== text) return;
    editor.dispatch(setDiagnostics(editor.state, [...diagnostics]));
  }, [diagnostics, text]);

  return <div ref={host} className="min-w-0 overflow-hidden rounded-xl border border-line" />;
}

/** Replaces the language's own rule, which doesn't indent after a key that opens a group. */
const nextLineIndent = indentService.of((context, position) =>
  context.simulatedBreak === null ? undefined : indentAfter(context.lineAt(position, -1).text),
);

function extensions(
  label: string,
  latest: {
    readonly current: { readonly onChange: (text: string) => void; readonly schema: SchemaNode | null };
  },
) {
  return [
    EditorView.cspNonce.of(pageNonce()),
    EditorView.contentAttributes.of({
      'aria-label': label,
      tabindex: '0',
      spellcheck: 'false',
      autocapitalize: 'off',
    }),
    EditorView.lineWrapping,
    lineNumbers(),
    lintGutter(),
    history(),
    drawSelection(),
    nextLineIndent,
    bracketMatching(),
    closeBrackets(),
    highlightActiveLine(),
    yaml(),
    keymap.of([...defaultKeymap, ...historyKeymap, ...lintKeymap]),
    fieldHelp(() => latest.current.schema),
    storedSecrets,
    editorTheme,
    EditorView.updateListener.of(({ docChanged, transactions, state }) => {
      const isOwn = transactions.some((transaction) => transaction.annotation(fromPage) === true);
      if (docChanged && !isOwn) latest.current.onChange(state.doc.toString());
    }),
  ];
}

/**
 * The nonce with which this document accepts style elements. Read from the document itself, because a page opened
 * through an in-app link is rendered with a different nonce that this document doesn't accept.
 */
function pageNonce(): string {
  return document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? '';
}

const MASK_TITLE = 'Stored secret. Leave the mask to keep the secret, or overwrite it to replace the secret.';

const matcher = new MatchDecorator({
  regexp: new RegExp(MASK.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'g'),
  decoration: Decoration.mark({ class: 'cm-mask', attributes: { title: MASK_TITLE } }),
});

class MaskMarks {
  marks: DecorationSet;

  constructor(view: EditorView) {
    this.marks = matcher.createDeco(view);
  }

  update(update: ViewUpdate): void {
    this.marks = matcher.updateDeco(update, this.marks);
  }
}

/** Makes the mask of a stored secret atomic: the cursor skips it, and deleting removes it as a whole. */
const maskMarks = ViewPlugin.fromClass(MaskMarks, {
  decorations: ({ marks }) => marks,
  provide: (plugin) => EditorView.atomicRanges.of((view) => view.plugin(plugin)?.marks ?? Decoration.none),
});

const storedSecrets: Extension = [maskMarks];
