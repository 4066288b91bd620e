import { autocompletion, type CompletionContext, type CompletionResult } from '@codemirror/autocomplete';
import type { Extension } from '@codemirror/state';
import { hoverTooltip, type Tooltip } from '@codemirror/view';
import type { SchemaNode } from '@/lib/plane/schema/schema-node';
import { yamlKeys } from './yaml-place';
import { fieldInfo, proposalsAt } from './yaml-proposals';

/**
 * Completion and hover help from the installed schema.
 * @param schema returns the current schema of the edited text
 */
export function fieldHelp(schema: () => SchemaNode | null): Extension {
  return [
    autocompletion({ override: [(context) => complete(context, schema())], icons: false }),
    hoverTooltip((view, position) => {
      const root = schema();
      return root ? infoAt(view.state.doc.toString(), position, root) : null;
    }),
  ];
}

function complete(
  { state, pos, explicit }: CompletionContext,
  root: SchemaNode | null,
): CompletionResult | null {
  const found = root && proposalsAt(state.doc.toString(), pos, root);
  // Keys on an empty line are proposed only on request; values after `key: ` are few, so they're always proposed.
  if (!found || (!explicit && found.at === 'key' && found.from === pos)) return null;
  return {
    from: found.from,
    validFor: /^[\w./-]*$/,
    options: found.proposals.map(({ label, text, detail, info, required }) => ({
      label,
      apply: text,
      detail,
      ...(info === '' ? {} : { info }),
      boost: required ? 1 : 0,
      type: found.at === 'key' ? 'property' : 'constant',
    })),
  };
}

function infoAt(text: string, position: number, root: SchemaNode): Tooltip | null {
  const key = yamlKeys(text).find(({ from, to }) => position >= from && position <= to);
  if (!key) return null;
  const { path, from, to } = key;
  const found = fieldInfo(root, path);
  const type = found?.type ?? "Unknown field. This installation's API doesn't define it.";
  return {
    pos: from,
    end: to,
    above: true,
    create: () => ({ dom: infoBox(path.join('.'), type, found?.info ?? '') }),
  };
}

function infoBox(name: string, type: string, info: string): HTMLElement {
  const box = document.createElement('div');
  box.className = 'cm-field-info';
  const code = document.createElement('code');
  code.textContent = name;
  const typeElement = document.createElement('span');
  typeElement.className = 'type';
  typeElement.textContent = ` ${type}`;
  box.append(code, typeElement);
  if (info !== '') {
    const paragraph = document.createElement('p');
    paragraph.textContent = info;
    box.append(paragraph);
  }
  return box;
}
