import type { SpecDraft } from '@/lib/plane/credentials/credential';
import { type CredentialSlot, isSecretPath } from '@/lib/plane/credentials/credential-slot';
import {
  activeSlots,
  CONNECTION_PARTS,
  isChoiceOfConnection,
  isPresent,
  soleTextField,
} from '@/lib/plane/credentials/credential-slots';
import { type FieldKind, fieldKind } from '@/lib/plane/schema/field-kind';
import { fieldText, knownText, orderedFields } from '@/lib/plane/schema/field-text';
import { type InstalledKind, specSchema } from '@/lib/plane/schema/installed-kind';
import { childNode, type SchemaNode } from '@/lib/plane/schema/schema-node';
import type { Step } from './register-url';

/** One input of a form, or a group of them, made from the installed schema. */
export interface FormField {
  /** Within the spec; numbers are places in lists. */
  readonly path: readonly (string | number)[];
  readonly label: string;
  readonly help?: string;
  readonly placeholder?: string;
  /** Must be filled in where the group around it is there. */
  readonly required: boolean;
  readonly node: SchemaNode;
  readonly kind: FieldKind;
  /** Of a group. Those of lists and maps are asked for with `itemField` and `entryField`. */
  readonly children?: readonly FormField[];
  /** Of a credential. */
  readonly slot?: CredentialSlot;
  /** Of a plain input whose text is a secret, such as a password within a list: not to be shown while it is typed. */
  readonly secret?: true;
  /** Whether a release is known to have this field; if not, its words come from the schema. */
  readonly known: boolean;
}

/** The path of a field outside lists. */
type NamePath = readonly string[];

/**
 * The inputs of a step: those for reaching the cluster, as connection and sign-in were chosen, or all others. Of
 * optional groups, also those that are not there yet. The planeID belongs to the identity and is in neither.
 */
export function fieldsOfStep(
  kind: InstalledKind,
  step: 'connection' | 'services' | Step,
  draft: SpecDraft,
): FormField[] {
  if (step !== 'connection' && step !== 'services') return [];
  const isConnection = (name: string) => CONNECTION_PARTS.includes(name);
  const properties = Object.entries(specSchema(kind).properties ?? {}).filter(
    ([name]) => name !== 'planeID' && isConnection(name) === (step === 'connection'),
  );
  const form = new FormBuilder(kind, draft);
  return orderedFields(properties).flatMap(([name, node]) => form.part(node, [name]));
}

/** The input of the planeID, for forms that have no step of its own for it; null where the release has none. */
export function planeIdField(kind: InstalledKind): FormField | null {
  const node = childNode(specSchema(kind), 'planeID');
  return node ? plainField(node, ['planeID']) : null;
}

/** The field of one item of a list. */
export function itemField(list: FormField, index: number): FormField {
  const item: SchemaNode = list.node.items ?? { type: 'any' };
  return {
    ...plainField({ ...item, required: true }, [...list.path, index]),
    label: `${list.label} ${index + 1}`,
  };
}

/** The field of one value of a free-form map. */
export function entryField(map: FormField, name: string): FormField {
  const value: SchemaNode = map.node.additionalProperties ?? { type: 'any' };
  return { ...plainField({ ...value, required: true }, [...map.path, name]), label: name };
}

class FormBuilder {
  private readonly slots: ReadonlyMap<string, CredentialSlot & { readonly required: boolean }>;

  constructor(
    private readonly kind: InstalledKind,
    private readonly draft: SpecDraft,
  ) {
    this.slots = new Map(activeSlots(kind, draft, { withAbsentGroups: true }).map((slot) => [slot.id, slot]));
  }

  /** A field outside lists and maps; none where it is not the person's to decide. */
  part(node: SchemaNode, path: NamePath): FormField[] {
    const slot = this.slots.get(path.join('.'));
    if (slot) return [credentialField(slot, node)];
    if (isChoiceOfConnection(path) && !isPresent(this.kind, this.draft, path)) return [];
    if (path.join('.') === 'agent.enabled') return [];
    const kind = fieldKind(node, path);
    if (kind !== 'group') return [plainField(node, path)];
    const only = soleTextField(node);
    if (only !== null) return [soleField(node, only, path)];
    const children = orderedFields(Object.entries(node.properties ?? {})).flatMap(([name, child]) =>
      this.part(child, [...path, name]),
    );
    const [first, ...others] = children;
    const isAlwaysThere = node.required === true || isChoiceOfConnection(path);
    // A group around a single field adds nothing but a box.
    if (isAlwaysThere && first && others.length === 0) return [first];
    return [{ ...baseField(node, path), required: isAlwaysThere, kind, children }];
  }
}

function credentialField(slot: CredentialSlot & { readonly required: boolean }, node: SchemaNode): FormField {
  const { required, ...plainSlot } = slot;
  return { ...baseField(node, slot.path), required, kind: 'credential', slot: plainSlot };
}

/** A group that has one text and nothing else, as that text: it is there when the text is. */
function soleField(group: SchemaNode, name: string, path: NamePath): FormField {
  const node: SchemaNode = group.properties?.[name] ?? { type: 'string' };
  const inner = plainField(node, [...path, name]);
  const outer = fieldText(group, path);
  return {
    ...inner,
    ...outer,
    ...(inner.placeholder && !outer.placeholder ? { placeholder: inner.placeholder } : {}),
    required: group.required === true && node.required === true,
    known: knownText(path) !== null,
  };
}

/** A field that holds no slots: within lists and maps, and every leaf. */
function plainField(node: SchemaNode, path: FormField['path']): FormField {
  const kind = fieldKind(node, path);
  const field: FormField = { ...baseField(node, path), kind };
  if (kind === 'group') {
    const children = orderedFields(Object.entries(node.properties ?? {})).map(([name, child]) =>
      plainField(child, [...path, name]),
    );
    return { ...field, children };
  }
  return kind === 'text' && isSecretPath(path) ? { ...field, secret: true } : field;
}

function baseField(node: SchemaNode, path: FormField['path']): Omit<FormField, 'kind'> {
  return {
    path,
    ...fieldText(node, path),
    required: node.required === true && node.default === undefined,
    node,
    known: knownText(path) !== null,
  };
}
