import { fieldText } from '@/lib/plane/schema/field-text';
import { childNode, type SchemaNode } from '@/lib/plane/schema/schema-node';
import { yamlKeys, yamlPlaceAt } from './yaml-place';

type Path = readonly (string | number)[];

/** A key or value to insert at the cursor. */
export interface YamlProposal {
  readonly label: string;
  /** The text to insert in place of the word at the cursor. */
  readonly text: string;
  /** The type in a few words. */
  readonly detail: string;
  readonly info: string;
  /** Required fields are proposed first. */
  readonly required: boolean;
}

export interface YamlProposals {
  readonly from: number;
  readonly at: 'key' | 'value';
  readonly proposals: readonly YamlProposal[];
}

/** The schema of the field at a path, through lists and free-form maps. */
function nodeAt(root: SchemaNode, path: Path): SchemaNode | undefined {
  let node: SchemaNode | undefined = root;
  for (const segment of path) {
    if (node === undefined) return undefined;
    node = typeof segment === 'number' ? node.items : (childNode(node, segment) ?? node.additionalProperties);
  }
  return node;
}

/** The keys or values that the schema allows at a cursor; null if there are none. */
export function proposalsAt(text: string, cursor: number, root: SchemaNode): YamlProposals | null {
  const place = yamlPlaceAt(text, cursor);
  const node = place ? nodeAt(root, place.path) : undefined;
  if (!place || !node) return null;
  const { at, from, path, column } = place;
  if (at === 'value' || node.properties === undefined) {
    const values = valuesOf(node);
    return values.length > 0 ? { from, at: 'value', proposals: values } : null;
  }
  const present = new Set(
    yamlKeys(text)
      .filter((key) => key.path.length === path.length + 1 && key.from !== from && isBelow(key.path, path))
      .map((key) => String(key.path.at(-1))),
  );
  const proposals = Object.entries(node.properties)
    .filter(([name]) => !present.has(name))
    .map(([name, child]) => ({
      label: name,
      text: `${name}:${opening(child, column)}`,
      detail: typeText(child),
      info: infoOf(child, specPath([...path, name])),
      required: child.required === true,
    }));
  return proposals.length > 0 ? { from, at, proposals } : null;
}

/** The type and the help text of the field at a path; null if the schema doesn't have the field. */
export function fieldInfo(root: SchemaNode, path: Path): { type: string; info: string } | null {
  const node = nodeAt(root, path);
  return node ? { type: typeText(node), info: infoOf(node, specPath(path)) } : null;
}

/** Field texts are keyed by the path within the spec. */
function specPath(path: Path): Path {
  return path[0] === 'spec' ? path.slice(1) : path;
}

function isBelow(path: Path, parent: Path): boolean {
  return parent.every((segment, index) => path[index] === segment);
}

function opening(node: SchemaNode, column: number): string {
  const inner = `\n${' '.repeat(column + 2)}`;
  if (node.type === 'array') return `${inner}- `;
  return node.type === 'object' ? inner : ' ';
}

function valuesOf(node: SchemaNode): YamlProposal[] {
  const { default: preset } = node;
  const texts = node.type === 'boolean' ? ['true', 'false'] : (node.enum ?? []);
  const isPlain = typeof preset === 'string' || typeof preset === 'number' || typeof preset === 'boolean';
  const all = isPlain && preset !== '' ? [...new Set([...texts, String(preset)])] : texts;
  return all.map((text) => ({
    label: text,
    text,
    detail: isPlain && String(preset) === text ? 'default' : '',
    info: '',
    required: false,
  }));
}

const TYPES: Record<SchemaNode['type'], string> = {
  object: 'object',
  array: 'list',
  string: 'text',
  integer: 'whole number',
  number: 'number',
  boolean: 'true or false',
  any: 'any value',
};

function typeText(node: SchemaNode): string {
  const type = node.enum && node.enum.length > 0 ? `one of ${node.enum.join(', ')}` : TYPES[node.type];
  return node.required === true ? `${type}, required` : type;
}

function infoOf(node: SchemaNode, path: Path): string {
  const { label, help } = fieldText(node, path);
  return help ?? (node.description?.trim() || label);
}
