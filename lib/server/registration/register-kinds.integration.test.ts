import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RELEASES } from '@/demo/crds/profiles';
import type { SpecDraft } from '@/lib/plane/credentials/credential';
import { connectionsOf, directAuthsOf } from '@/lib/plane/credentials/credential-slots';
import { jsonObjectSchema } from '@/lib/plane/json/json-schema';
import { MANAGED_BY, MANAGED_BY_LABEL, REGISTRATION_ANNOTATION } from '@/lib/plane/model/annotations';
import { PLANE_API_VERSION } from '@/lib/plane/model/kinds';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import { createExampleMaterial, type ExampleMaterial } from '@/testing/examples/example-material';
import { installedKinds } from '@/testing/plane/installed-kinds';
import { FILLINGS, samplePlane } from '@/testing/plane/sample-plane';
import { comparable } from '@/testing/plane/stored-spec';
import { Registrations, textsOf } from '@/testing/server/registrations';

let material: ExampleMaterial;
beforeAll(async () => {
  material = await createExampleMaterial();
});

describe.each(RELEASES)('an API server of release %s', (release) => {
  let registrations: Registrations;
  beforeAll(async () => {
    registrations = await Registrations.start(release);
  });
  afterAll(() => registrations?.stop());

  const rows = installedKinds(release).flatMap((kind) =>
    waysIn(kind).flatMap((way) =>
      FILLINGS.map((filling) => ({ kind, kindName: kind.entry.kind, ...way, filling })),
    ),
  );

  test.each(rows.map((row, index) => ({ ...row, name: `prod-${index}` })))(
    'stores $kindName with $filling ($way)',
    async ({ kind, name, ...options }) => {
      const { wanted, storedSpec, storedSecrets } = samplePlane(kind, { name, material, ...options });
      const { draftId, answer, plane, secrets } = await registrations.register(kind, wanted, (dryRun) => {
        expect(dryRun).toMatchObject({ answer: { outcome: 'checked' }, plane: undefined, secrets: [] });
      });

      expect(answer.outcome).toBe('created');
      // The sample's observability plane doesn't exist.
      const warnings = 'observabilityPlaneRef' in storedSpec ? ['observabilityPlaneRef'] : [];
      expect(answer.warnings.map(({ path }) => path[1])).toEqual(warnings);
      const { namespace } = wanted;
      const annotations = { [REGISTRATION_ANNOTATION]: draftId };
      expect(plane).toMatchObject({
        apiVersion: PLANE_API_VERSION,
        kind: kind.entry.kind,
        metadata: { name, ...(namespace === undefined ? {} : { namespace }), annotations },
      });
      expect(comparable(jsonObjectSchema.parse(plane?.spec))).toEqual(comparable(storedSpec));
      const texts = secrets.map((one) => [`${one.metadata.namespace}/${one.metadata.name}`, textsOf(one)]);
      expect(Object.fromEntries(texts)).toEqual(storedSecrets);
      for (const { metadata } of secrets)
        expect(metadata).toMatchObject({ labels: { [MANAGED_BY_LABEL]: MANAGED_BY }, annotations });
    },
  );
});

/** Returns every way in which the control plane can reach a cluster of this kind. */
function waysIn(kind: InstalledKind): (Pick<SpecDraft, 'connection' | 'auth'> & { way: string })[] {
  return connectionsOf(kind).flatMap((connection) => {
    const auths = connection === 'direct' ? directAuthsOf(kind) : [];
    return auths.length === 0
      ? [{ connection, auth: 'mtls' as const, way: connection }]
      : auths.map((auth) => ({ connection, auth, way: `${connection}, ${auth}` }));
  });
}
