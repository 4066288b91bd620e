/** The part of a structural schema (apiextensions.k8s.io/v1 JSONSchemaProps) that the plane kinds use. */
export interface JsonSchema {
  readonly type: 'object' | 'array' | 'string' | 'integer' | 'boolean';
  readonly description?: string;
  readonly format?: 'int32' | 'int64' | 'date-time';
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: string | number | boolean;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly 'x-kubernetes-validations'?: readonly { readonly rule: string; readonly message: string }[];
  readonly 'x-kubernetes-list-type'?: 'map' | 'atomic' | 'set';
  readonly 'x-kubernetes-list-map-keys'?: readonly string[];
  readonly 'x-kubernetes-preserve-unknown-fields'?: true;
}

/** A field of an object: its schema, and whether the object must have it. */
export interface Field {
  readonly schema: JsonSchema;
  readonly isRequired: boolean;
}

type Extras = Omit<JsonSchema, 'type' | 'description' | 'properties' | 'required'>;

/** An optional field. `required` makes it mandatory. */
function field(schema: JsonSchema): Field {
  return { schema, isRequired: false };
}

/** Makes a field mandatory. */
export function required(optional: Field): Field {
  return { ...optional, isRequired: true };
}

/** The schema of an object with these fields. */
export function objectSchema(
  fields: Readonly<Record<string, Field>>,
  description?: string,
  extras: Extras = {},
): JsonSchema {
  const entries = Object.entries(fields);
  const mandatory = entries.filter(([, { isRequired }]) => isRequired).map(([name]) => name);
  return {
    type: 'object',
    ...(description ? { description } : {}),
    ...(entries.length > 0
      ? { properties: Object.fromEntries(entries.map(([name, { schema }]) => [name, schema])) }
      : {}),
    ...(mandatory.length > 0 ? { required: mandatory.sort() } : {}),
    ...extras,
  };
}

export function object(
  fields: Readonly<Record<string, Field>>,
  description?: string,
  extras: Extras = {},
): Field {
  return field(objectSchema(fields, description, extras));
}

export function string(description?: string, extras: Extras = {}): Field {
  return field({ type: 'string', ...(description ? { description } : {}), ...extras });
}

export function boolean(description?: string, extras: Extras = {}): Field {
  return field({ type: 'boolean', ...(description ? { description } : {}), ...extras });
}

export function integer(description?: string, extras: Extras = {}): Field {
  return field({ type: 'integer', ...(description ? { description } : {}), ...extras });
}

export function array(items: JsonSchema, description?: string, extras: Extras = {}): Field {
  return field({ type: 'array', ...(description ? { description } : {}), items, ...extras });
}

/** A time in RFC 3339. */
export function time(description?: string): Field {
  return string(description, { format: 'date-time' });
}

/** The name of the field that refers to a Secret's key in a ValueFrom. Release 1.0 renamed it. */
export type SecretField = 'secretRef' | 'secretKeyRef';

/** A text that is given inline or read from a key of a Secret. */
export function valueFrom(secretField: SecretField, description: string): Field {
  return object(
    {
      [secretField]: object(
        {
          name: required(string('Name of the Secret.')),
          namespace: string(
            'Namespace of the Secret. Defaults to the namespace of the resource; required for cluster-scoped resources.',
          ),
          key: required(string('Key in the Secret.')),
        },
        'Secret and key that hold the value. If an inline value is also set, it takes precedence.',
      ),
      value: string('Inline value. Not suitable for secrets.'),
    },
    description,
  );
}
