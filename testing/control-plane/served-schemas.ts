import { setTimeout as sleep } from 'node:timers/promises';
import { type KubeClient, KubeError } from '@/demo/control-plane/kube-client';
import { crdsOf, type Release } from '@/demo/crds/profiles';
import type { JsonSchema } from '@/demo/crds/schema';
import { PLANE_API_VERSION, PLANE_GROUP } from '@/lib/plane/model/kinds';

const POLL_MS = 50;

interface OpenApiDocument {
  readonly components: {
    readonly schemas: Readonly<
      Record<
        string,
        JsonSchema & { readonly 'x-kubernetes-group-version-kind'?: readonly { kind: string }[] }
      >
    >;
  };
}

/**
 * Resolves when the API server publishes exactly the schemas of a release. It publishes a changed kind seconds after
 * it serves it, so without this wait a server that starts at once would read the fields of the previous release.
 */
export async function awaitSchemas(client: KubeClient, release: Release): Promise<void> {
  const wanted = wantedFields(release);
  while ((await servedFields(client)) !== wanted) await sleep(POLL_MS);
}

function wantedFields(release: Release): string {
  return describeKinds(
    crdsOf(release).map(({ spec }) => [
      spec.names.kind,
      spec.versions[0].schema.openAPIV3Schema.properties ?? {},
    ]),
  );
}

async function servedFields(client: KubeClient): Promise<string> {
  try {
    const document = await client.get<OpenApiDocument>(`/openapi/v3/apis/${PLANE_API_VERSION}`);
    const kinds = Object.entries(document.components.schemas).flatMap(([name, schema]) => {
      const kind = schema['x-kubernetes-group-version-kind']?.[0]?.kind;
      const isPlaneGroup = name.startsWith(PLANE_GROUP.split('.').toReversed().join('.'));
      return kind && isPlaneGroup && !kind.endsWith('List')
        ? ([[kind, schema.properties ?? {}]] as const)
        : [];
    });
    return describeKinds(kinds);
  } catch (error) {
    if (error instanceof KubeError) return '';
    throw error;
  }
}

/** Describes the fields of `spec` and `status` of each kind, in one order. */
function describeKinds(kinds: readonly (readonly [string, Readonly<Record<string, JsonSchema>>])[]): string {
  const fields = kinds.flatMap(([kind, { spec, status }]) => [
    `${kind} ${fieldPaths(spec)}`,
    `${kind} ${fieldPaths(status)}`,
  ]);
  return fields.toSorted().join('\n');
}

function fieldPaths(schema: JsonSchema | undefined, path = ''): string {
  if (schema === undefined) return '';
  const children = Object.entries(schema.properties ?? {}).map(([name, child]) =>
    fieldPaths(child, `${path}.${name}`),
  );
  return [path, ...children, schema.items ? fieldPaths(schema.items, `${path}[]`) : ''].toSorted().join(' ');
}
