import { crdsOf, type Release } from '@/demo/crds/profiles';
import type { JsonSchema } from '@/demo/crds/schema';
import { kindOfName, PLANE_GROUP, PLANE_VERSION, type PlaneKindName } from '@/lib/plane/model/kinds';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import { openApiSchema, planeSchemas } from '@/lib/plane/schema/openapi';

/**
 * Returns the plane kinds of a release with their schemas. They are parsed from an OpenAPI document, as the dashboard
 * does, but without an API server.
 */
export function installedKinds(release: Release): InstalledKind[] {
  const schemas = planeSchemas(openApiSchema.parse(openApiDocument(release)));
  return [...schemas].flatMap(([kind, schema]) => {
    const entry = kindOfName(kind);
    return entry ? [{ entry, schema }] : [];
  });
}

/** Returns one kind of a release. Throws if the release doesn't have it. */
export function installedKind(release: Release, kind: PlaneKindName): InstalledKind {
  const found = installedKinds(release).find(({ entry }) => entry.kind === kind);
  if (!found) throw new Error(`Release ${release} has no ${kind}.`);
  return found;
}

/** Returns a plane kind with a custom spec, for fields that no release has. */
export function inventedKind(kind: PlaneKindName, spec: Record<string, unknown>): InstalledKind {
  const schema = planeSchemas(
    openApiSchema.parse(documentOf([[kind, { type: 'object', properties: { spec } }]])),
  ).get(kind);
  const entry = kindOfName(kind);
  if (!schema || !entry) throw new Error(`${kind} is no plane kind.`);
  return { entry, schema };
}

function openApiDocument(release: Release): unknown {
  return documentOf(
    crdsOf(release).map(({ spec }): [string, JsonSchema] => [
      spec.names.kind,
      spec.versions[0].schema.openAPIV3Schema,
    ]),
  );
}

function documentOf(schemas: readonly (readonly [string, object])[]): unknown {
  return {
    paths: { [`/apis/${PLANE_GROUP}/${PLANE_VERSION}/planes`]: {} },
    components: {
      schemas: Object.fromEntries(
        schemas.map(([kind, schema]) => [
          kind,
          {
            ...schema,
            'x-kubernetes-group-version-kind': [{ group: PLANE_GROUP, version: PLANE_VERSION, kind }],
          },
        ]),
      ),
    },
  };
}
