import type { SpecDraft } from '@/lib/plane/credentials/credential';
import { credentialSlots, isPresent } from '@/lib/plane/credentials/credential-slots';
import { isJsonObject, type Json } from '@/lib/plane/json/json';
import { localAddressWarning } from '@/lib/plane/schema/address-problems';
import { valueProblem } from '@/lib/plane/schema/check-value';
import { isApiServer } from '@/lib/plane/schema/field-kind';
import { type InstalledKind, specSchema } from '@/lib/plane/schema/installed-kind';
import { matchesKnownPattern, type PatternMatcher } from '@/lib/plane/schema/pattern';
import { childNode, type SchemaNode } from '@/lib/plane/schema/schema-node';
import { isUnparsed } from '@/lib/plane/schema/unparsed';
import type { DraftProblem } from './draft';

type Path = readonly (string | number)[];

/** Checks the spec's fields against the installed schema. Doesn't check credentials or anything outside the spec. */
export function checkSpec(
  draft: SpecDraft,
  kind: InstalledKind,
  matchesPattern: PatternMatcher = matchesKnownPattern,
): DraftProblem[] {
  return new SpecCheck(draft, kind, matchesPattern).run();
}

class SpecCheck {
  private readonly problems: DraftProblem[] = [];
  private readonly slotIds: ReadonlySet<string>;

  constructor(
    private readonly draft: SpecDraft,
    private readonly kind: InstalledKind,
    private readonly matchesPattern: PatternMatcher,
  ) {
    this.slotIds = new Set(credentialSlots(kind).map(({ id }) => id));
  }

  run(): DraftProblem[] {
    this.fields(specSchema(this.kind), this.draft.spec, []);
    return this.problems;
  }

  private fields(node: SchemaNode, value: Json | undefined, path: readonly string[]): void {
    const given = isJsonObject(value) ? value : {};
    this.unknownFields(node, given, path);
    for (const [name, child] of Object.entries(node.properties ?? {})) {
      this.part(child, Object.hasOwn(given, name) ? given[name] : undefined, [...path, name]);
    }
  }

  private unknownFields(node: SchemaNode, given: Readonly<Record<string, Json>>, path: Path): void {
    for (const name of Object.keys(given)) {
      if (childNode(node, name)) continue;
      this.error(
        [...path, name],
        `Unknown field ${[...path, name].join('.')}. This installation's API doesn't define it.`,
      );
    }
  }

  /** Checks a field outside lists and maps, where credentials and optional parts can occur. */
  private part(node: SchemaNode, value: Json | undefined, path: readonly string[]): void {
    if (this.slotIds.has(path.join('.'))) {
      if (!isBlank(value)) this.error(path, "A credential doesn't belong in the spec of the draft.");
    } else if (node.type !== 'object' || node.additionalProperties) {
      this.value(node, value, path);
    } else if (isPresent(this.kind, this.draft, path)) {
      if (!isBlank(value) && !isJsonObject(value)) this.error(path, 'Expected an object with fields.');
      const isAgentSwitch = path.length === 1 && path[0] === 'agent';
      const given = isAgentSwitch && isJsonObject(value) ? { ...value, enabled: true } : value;
      this.fields(node, isAgentSwitch ? (given ?? { enabled: true }) : given, path);
    } else if (!isBlank(value) && !isJsonObject(value)) {
      this.error(path, 'Expected an object with fields.');
    }
  }

  private value(node: SchemaNode, value: Json | undefined, path: Path): void {
    if (value === undefined || (node.type === 'any' ? isNothing(value) : isBlank(value))) {
      this.missing(node, path);
    } else if (node.type === 'any') {
      if (isUnparsed(value)) this.error(path, 'Enter valid JSON or YAML.');
      else if (hasUnsafeName(value))
        this.error(path, "The names __proto__, constructor and prototype aren't allowed.");
    } else if (node.type === 'array') this.list(node, value, path);
    else if (node.type === 'object') this.object(node, value, path);
    else {
      const message = valueProblem(node, path, value, this.matchesPattern);
      if (message !== null) this.error(path, message);
      else if (isApiServer(path)) this.localAddress(path, String(value));
    }
  }

  private localAddress(path: Path, url: string): void {
    const message = localAddressWarning(url);
    if (message !== null) this.problems.push({ path: ['spec', ...path], severity: 'warning', message });
  }

  private missing(node: SchemaNode, path: Path): void {
    // The API server fills in defaults before it checks for missing fields.
    if (!node.required || node.default !== undefined) return;
    const isGroup = node.type === 'object' && Object.keys(node.properties ?? {}).length > 0;
    if (isGroup) this.object(node, {}, path);
    else if (node.type !== 'object' || node.additionalProperties) this.error(path, missingText(node));
  }

  private list(node: SchemaNode, value: Json, path: Path): void {
    if (!Array.isArray(value)) {
      this.error(path, 'Expected a list.');
      return;
    }
    const { minItems, maxItems } = node;
    if (minItems !== undefined && value.length < minItems)
      this.error(path, `Add at least ${minItems} (now ${value.length}).`);
    if (maxItems !== undefined && value.length > maxItems)
      this.error(path, `Use at most ${maxItems} (now ${value.length}).`);
    const item: SchemaNode = { ...(node.items ?? { type: 'any' }), required: true };
    value.forEach((one, index) => {
      this.value(item, one, [...path, index]);
    });
  }

  private object(node: SchemaNode, value: Json, path: Path): void {
    if (!isJsonObject(value)) {
      this.error(path, 'Expected an object with fields.');
      return;
    }
    if (node.additionalProperties) {
      this.map(node.additionalProperties, value, path);
      return;
    }
    this.unknownFields(node, value, path);
    for (const [name, child] of Object.entries(node.properties ?? {})) {
      this.value(child, Object.hasOwn(value, name) ? value[name] : undefined, [...path, name]);
    }
  }

  private map(values: SchemaNode, entries: Readonly<Record<string, Json>>, path: Path): void {
    for (const [name, value] of Object.entries(entries)) {
      if (name === '') this.error([...path, name], 'Enter a name for this value.');
      else if (UNSAFE_NAMES.has(name)) this.error([...path, name], `The name "${name}" isn't allowed.`);
      // The value of a label or annotation may be empty.
      else if (!(values.type === 'string' && value === ''))
        this.value({ ...values, required: true }, value, [...path, name]);
    }
  }

  private error(path: Path, message: string): void {
    this.problems.push({ path: ['spec', ...path], severity: 'error', message });
  }
}

/** Names that every object inherits. Writing them could change more than one value. */
const UNSAFE_NAMES: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

function hasUnsafeName(value: Json): boolean {
  if (Array.isArray(value)) return value.some(hasUnsafeName);
  if (!isJsonObject(value)) return false;
  return Object.entries(value).some(([name, child]) => UNSAFE_NAMES.has(name) || hasUnsafeName(child));
}

function isNothing(value: Json): boolean {
  return value === null || value === '';
}

function isBlank(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === '') return true;
  if (typeof value === 'string') return value.trim() === '';
  return Array.isArray(value) ? value.length === 0 : isJsonObject(value) && Object.keys(value).length === 0;
}

function missingText(node: SchemaNode): string {
  switch (node.type) {
    case 'array':
      return 'Add at least one.';
    case 'object':
      return 'This is required.';
    case 'boolean':
      return 'Choose yes or no.';
    default:
      return (node.enum?.length ?? 0) > 0 ? 'Choose one.' : 'This is required.';
  }
}
