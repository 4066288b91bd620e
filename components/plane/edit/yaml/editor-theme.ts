import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** Colours YAML as everywhere else on the pages. */
const HIGHLIGHT = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--color-accent)' },
  { tag: [tags.string, tags.special(tags.string), tags.content], color: 'var(--color-healthy)' },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], color: 'var(--color-stale)' },
  { tag: tags.comment, color: 'var(--color-muted)', fontStyle: 'italic' },
  { tag: [tags.punctuation, tags.separator, tags.meta], color: 'var(--color-muted)' },
]);

const THEME = EditorView.theme({
  '&': {
    backgroundColor: 'var(--color-surface)',
    color: 'var(--color-ink)',
    fontSize: 'var(--text-xs)',
    minHeight: '12rem',
    maxHeight: 'max(18rem, 100dvh - 24rem)',
  },
  '&.cm-focused': { outline: '2px solid var(--color-accent)', outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: 'var(--font-mono)', lineHeight: '1.25rem' },
  '.cm-content': { padding: '0.5rem 0', caretColor: 'var(--color-ink)' },
  '.cm-cursor, .cm-dropCursor': { borderLeftColor: 'var(--color-ink)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--color-mark)',
  },
  '.cm-activeLine': { backgroundColor: 'color-mix(in oklab, var(--color-accent) 5%, transparent)' },
  '.cm-gutters': {
    backgroundColor: 'var(--color-surface)',
    color: 'var(--color-muted)',
    borderRight: '1px solid var(--color-line)',
  },
  '.cm-activeLineGutter': { backgroundColor: 'transparent', color: 'var(--color-ink)' },
  '.cm-mask': {
    borderRadius: '0.25rem',
    backgroundColor: 'var(--color-neutral-soft)',
    outline: '1px solid var(--color-line-strong)',
    color: 'var(--color-muted)',
  },
  '.cm-mask *': { color: 'var(--color-muted) !important' },
  '.cm-tooltip': {
    border: '1px solid var(--color-line)',
    borderRadius: '0.5rem',
    backgroundColor: 'var(--color-raised)',
    color: 'var(--color-ink)',
    boxShadow: 'var(--shadow-raised)',
    fontFamily: 'var(--font-sans)',
    fontSize: 'var(--text-xs)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--font-mono)', maxHeight: '16rem' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '0.2rem 0.5rem' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--color-accent-soft)',
    color: 'var(--color-ink)',
  },
  '.cm-completionDetail': { color: 'var(--color-muted)', fontStyle: 'normal' },
  '.cm-completionMatchedText': { color: 'var(--color-accent)', textDecoration: 'none', fontWeight: '600' },
  '.cm-tooltip.cm-completionInfo': { padding: '0.5rem 0.625rem', maxWidth: '22rem' },
  '.cm-field-info': { padding: '0.5rem 0.625rem', maxWidth: '24rem', whiteSpace: 'normal' },
  '.cm-field-info code': { fontFamily: 'var(--font-mono)', fontWeight: '600' },
  '.cm-field-info .type': { color: 'var(--color-muted)' },
  '.cm-diagnostic': { padding: '0.375rem 0.625rem', borderLeftWidth: '3px' },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--color-disconnected)' },
  '.cm-diagnostic-warning': { borderLeftColor: 'var(--color-degraded)' },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--color-disconnected) 1px',
    textUnderlineOffset: '3px',
  },
  '.cm-lintRange-warning': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--color-degraded) 1px',
    textUnderlineOffset: '3px',
  },
  '.cm-gutter-lint': { width: '1rem' },
  '.cm-gutter-lint .cm-gutterElement': { padding: '0.3rem 0.1rem' },
  '.cm-panels': { backgroundColor: 'var(--color-raised)', color: 'var(--color-ink)' },
});

/** The editor's theme, in the page's colours, which adapt to light and dark mode. */
export const editorTheme: Extension = [THEME, syntaxHighlighting(HIGHLIGHT)];
