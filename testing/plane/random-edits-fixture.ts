import { credentialSlots } from '@/lib/plane/credentials/credential-slots';
import { isJsonObject, type Json, type JsonObject } from '@/lib/plane/json/json';
import { type JsonPath, valueAt, withValueAt } from '@/lib/plane/json/json-path';
import { MASK } from '@/lib/plane/masking/mask';
import { PLANE_API_VERSION } from '@/lib/plane/model/kinds';
import { type InstalledKind, specSchema } from '@/lib/plane/schema/installed-kind';
import type { SchemaNode } from '@/lib/plane/schema/schema-node';
import { CERTIFICATE_PEM, seededRandom } from './draft-fixture';

/** Generates planes and edits from a seed. Every generated secret is unique. */
export class RandomEdits {
  private readonly random: () => number;
  private secrets = 0;

  constructor(seed: number) {
    this.random = seededRandom(seed);
  }

  chance(probability: number): boolean {
    return this.random() < probability;
  }

  pick<T>(choices: readonly T[]): T {
    const chosen = choices[Math.floor(this.random() * choices.length)];
    if (chosen === undefined) throw new Error('There is nothing to choose from.');
    return chosen;
  }

  word(): string {
    return this.pick([
      'alpha',
      'beta',
      'gamma',
      'delta',
      'api.example.com',
      'https://a.example.com',
      'x',
      '',
    ]);
  }

  secret(): string {
    this.secrets += 1;
    return `canary-secret-${this.secrets}`;
  }

  /** Returns a stored plane of the kind, with inline credentials or references to Secrets. */
  plane(kind: InstalledKind): JsonObject {
    let spec = this.object(specSchema(kind));
    for (const slot of credentialSlots(kind)) {
      const isPresent = valueAt(spec, slot.path) !== undefined;
      if (!isPresent) continue;
      const inline = this.chance(0.3) ? CERTIFICATE_PEM : this.secret();
      const reference = {
        name: 'a-secret',
        key: 'ca.crt',
        ...(this.chance(0.3) ? { namespace: 'vault' } : {}),
      };
      const value: Json =
        slot.refField === null
          ? this.secret()
          : this.pick<Json>([{ value: inline }, { [slot.refField]: reference }, {}]);
      spec = withValueAt(spec, slot.path, value);
    }
    return {
      apiVersion: PLANE_API_VERSION,
      kind: kind.entry.kind,
      metadata: {
        name: 'prod',
        uid: '1',
        resourceVersion: '7',
        finalizers: ['openchoreo.dev/cleanup'],
        labels: { team: this.word(), tier: 'gold' },
        annotations: {
          'openchoreo.dev/display-name': this.word(),
          note: this.chance(0.5) ? `https://me:${this.secret()}@example.com` : this.word(),
        },
      },
      spec,
      status: { conditions: [{ type: 'Ready', status: 'True' }] },
    };
  }

  private object(node: SchemaNode): JsonObject {
    const object: JsonObject = {};
    for (const [name, child] of Object.entries(node.properties ?? {}))
      if (child.required || this.chance(0.7)) object[name] = this.value(child, name);
    return object;
  }

  private value(node: SchemaNode, name: string): Json {
    switch (node.type) {
      case 'object': {
        const { additionalProperties: values } = node;
        if (!values) return this.object(node);
        return { a: this.value(values, 'a'), b: this.value(values, 'b') };
      }
      case 'array':
        return Array.from({ length: Math.floor(this.random() * 4) }, () =>
          this.value(node.items ?? { type: 'any' }, name),
        );
      case 'boolean':
        return this.chance(0.5);
      case 'integer':
      case 'number':
        return Math.floor(this.random() * 1000);
      case 'any':
        return this.pick<Json>([1, 'text', { nested: [1, { deep: 'x' }], token: this.secret() }, ['a', 'b']]);
      default:
        if (/password|token/i.test(name)) return this.secret();
        return node.enum?.[0] ?? this.word();
    }
  }

  /**
   * Returns a random edit at or below a path: changes a leaf, removes or adds a field, or moves, removes or adds a
   * list item. The edit is a function, so it can be applied to the shown object and to the stored one.
   *
   * @param shown the object with masked secrets; a masked value is either not changed or replaced by a new secret
   */
  edit(shown: JsonObject, within: JsonPath, isFixed: (path: JsonPath) => boolean): Edit {
    const places = [...placesIn(valueAt(shown, within), within)].filter((path) => !isFixed(path));
    const lists = places.filter((path) => Array.isArray(valueAt(shown, path)));
    const path = this.pick(lists.length > 0 && this.chance(0.4) ? lists : places);
    const value = valueAt(shown, path);
    if (Array.isArray(value)) return this.listEdit(path, value);
    if (isJsonObject(value)) {
      const name = this.pick(['added', 'unheardOf']);
      const added = this.pick<Json>(['new', 5, { a: { b: 'c' } }, [1, 2]]);
      return set([...path, name], added);
    }
    if (this.chance(0.3) && typeof path.at(-1) === 'string') return set(path, undefined);
    return set(
      path,
      value === MASK ? this.secret() : this.pick<Json>(['edited', 4711, true, { now: 'fields' }]),
    );
  }

  private listEdit(path: JsonPath, items: readonly Json[]): Edit {
    const place = Math.floor(this.random() * Math.max(items.length, 1));
    const change = this.pick(['add', 'remove', 'move'] as const);
    return {
      path,
      apply: (object) => {
        const list = valueAt(object, path);
        if (!Array.isArray(list)) throw new Error(`There is no list at ${path.join('.')}.`);
        const others = list.filter((_, index) => index !== place);
        const moved = list[place];
        if (change === 'remove') return withValueAt(object, path, others);
        if (change === 'move')
          return withValueAt(object, path, moved === undefined ? list : [moved, ...others]);
        return withValueAt(object, path, [...list, { name: 'added' }]);
      },
    };
  }
}

export interface Edit {
  readonly path: JsonPath;
  readonly apply: (object: JsonObject) => JsonObject;
}

function set(path: JsonPath, value: Json | undefined): Edit {
  return { path, apply: (object) => withValueAt(object, path, value) };
}

/** Yields the path of every value at and below a path. */
function* placesIn(value: Json | undefined, path: JsonPath): Generator<JsonPath> {
  if (value === undefined) return;
  yield path;
  const children = Array.isArray(value) ? value.entries() : isJsonObject(value) ? Object.entries(value) : [];
  for (const [name, child] of children) yield* placesIn(child, [...path, name]);
}
