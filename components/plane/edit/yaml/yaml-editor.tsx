'use client';

import { closeBrackets } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, indentService } from '@codemirror/language';
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { Annotation, type ChangeSpec, EditorState } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import type { SchemaNode } from '@/lib/plane/schema/schema-node';
import { editorTheme } from './editor-theme';
import { fieldHelp } from './field-help';
import { indentAfter } from './indent-after';
import { pageNonce } from './page-nonce';
import { replacementOf } from './replacement';
import { storedSecrets } from './stored-secrets';

export type YamlDiagnostic = Pick<Diagnostic, 'from' | 'to' | 'severity' | 'message'>;

/** Marks a change that came from the page and not from the keyboard. */
const fromPage = Annotation.define<true>();

/**
 * An editor for YAML, with what the schema says. The text is the page's: what is typed goes out, and another text from
 * outside takes its place with as few changes as possible, so that the cursor stays where it is.
 *
 * Tab leaves the editor, as everywhere on the page.
 *
 * @param schema of what is edited; null: not known, then nothing is proposed
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

/** The language's own rule keeps the indentation, also after a key whose fields come next. */
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
