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

/** One input of a form, or a group of inputs, generated from the installed schema. */
export interface FormField {
  /** The path within the spec; numbers are indexes of lists. */
  readonly path: readonly (string | number)[];
  readonly label: string;
  readonly help?: string;
  readonly placeholder?: string;
  /** Whether the field must be filled in while its group is present. */
  readonly required: boolean;
  readonly node: SchemaNode;
  readonly kind: FieldKind;
  /** Present on a group. The fields of lists and maps come from `itemField` and `entryField`. */
  readonly children?: readonly FormField[];
  /** Present on a credential. */
  readonly slot?: CredentialSlot;
  /**
   * Present on a plain input with a secret text, such as a password in a list. The form hides the text while it is
   * typed.
   */
  readonly secret?: true;
  /** Whether a release is known to have this field. If not, its texts come from the schema. */
  readonly known: boolean;
}

/** The path of a field outside lists. */
type NamePath = readonly string[];

/**
 * Returns the inputs of a step: those for reaching the cluster, given the chosen connection and sign-in, or all
 * others. Includes absent optional groups. The planeID belongs to the identity and is in neither.
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

/** Returns whether a field must be filled in. An optional group needs nothing until the draft contains it. */
export function needsInput(field: FormField, kind: InstalledKind, draft: SpecDraft): boolean {
  const path = field.path.map(String);
  if (field.kind !== 'group') return field.required;
  if (!field.required && !isPresent(kind, draft, path)) return false;
  return (field.children ?? []).some((child) => needsInput(child, kind, draft));
}

/** Returns the input of the planeID for forms without an identity step, or null if the release has none. */
export function planeIdField(kind: InstalledKind): FormField | null {
  const node = childNode(specSchema(kind), 'planeID');
  return node ? plainField(node, ['planeID']) : null;
}

/** Returns the field of one item of a list. */
export function itemField(list: FormField, index: number): FormField {
  const item: SchemaNode = list.node.items ?? { type: 'any' };
  return {
    ...plainField({ ...item, required: true }, [...list.path, index]),
    label: `${list.label} ${index + 1}`,
  };
}

/** Returns the field of one value of a free-form map. */
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

  /** Builds a field outside lists and maps, or none if the person doesn't decide it. */
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
    const isAlwaysPresent = node.required === true || isChoiceOfConnection(path);
    // A group around a single field would only add a box.
    if (isAlwaysPresent && first && others.length === 0) return [first];
    return [{ ...baseField(node, path), required: isAlwaysPresent, kind, children }];
  }
}

function credentialField(slot: CredentialSlot & { readonly required: boolean }, node: SchemaNode): FormField {
  const { required, ...plainSlot } = slot;
  return { ...baseField(node, slot.path), required, kind: 'credential', slot: plainSlot };
}

/** Shows a group with a single text field as that field. The group is present when the text is. */
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

/** Builds a field without credential slots: any field in lists and maps, and every leaf. */
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
