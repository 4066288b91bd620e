import { RELEASES } from '@/demo/crds/profiles';
import { onRelease } from '@/e2e/support/on-release';
import { expect, test } from '@/e2e/support/registration-test';
import { connectionsOf, directAuthsOf } from '@/lib/plane/credentials/credential-slots';
import { jsonObjectSchema } from '@/lib/plane/json/json-schema';
import { ensureNamespace } from '@/testing/control-plane/kube-objects';
import { createExampleMaterial } from '@/testing/examples/example-material';
import { registrationSecrets } from '@/testing/installation/installation';
import { installedKind } from '@/testing/plane/installed-kinds';
import { DATA_PLANES, NAME, NAMESPACE } from '@/testing/plane/prod-plane';
import { samplePlane } from '@/testing/plane/sample-plane';
import { comparable } from '@/testing/plane/stored-spec';

// The kind with the most fields of each release. `register-kinds.integration.test.ts` registers every kind.
for (const release of RELEASES) {
  const kind = installedKind(release, 'DataPlane');
  // Where both exist, the direct connection and the token: other tests register agents and client certificates.
  const connection = connectionsOf(kind).at(-1) ?? 'agent';
  const auth = directAuthsOf(kind).at(-1) ?? 'mtls';

  test(
    `registers a data plane of release ${release} with every field, ${connection} connection`,
    onRelease(release),
    async ({ installation, wizard }) => {
      const { client } = installation.controlPlane;
      await ensureNamespace(client, NAMESPACE);
      const { wanted, storedSpec } = samplePlane(kind, {
        name: NAME,
        connection,
        auth,
        filling: 'every field and inline credentials',
        material: await createExampleMaterial(),
      });
      await wizard.fillAll(kind, wanted);
      await wizard.register();
      const plane = await client.get(`${DATA_PLANES}/${NAME}`);
      expect(comparable(jsonObjectSchema.parse(plane.spec))).toEqual(comparable(storedSpec));
      expect(await registrationSecrets(installation), 'All credentials are in the plane itself.').toEqual([]);
    },
  );
}
