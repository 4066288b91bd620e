import { onRelease } from '@/e2e/support/on-release';
import { expect, test } from '@/e2e/support/registration-test';
import { jsonObjectSchema } from '@/lib/plane/json/json-schema';
import { PLANE_API_VERSION } from '@/lib/plane/model/kinds';
import { planeKey } from '@/lib/plane/model/plane-path';
import { specSchema } from '@/lib/plane/schema/installed-kind';
import { ensureNamespace } from '@/testing/control-plane/kube-objects';
import { createExampleMaterial, withMaterial } from '@/testing/examples/example-material';
import { PUBLISHED_EXAMPLES } from '@/testing/examples/published-examples';
import { registrationSecrets } from '@/testing/installation/installation';
import { installedKind } from '@/testing/plane/installed-kinds';
import { comparable, withDefaults } from '@/testing/plane/stored-spec';

/**
 * The title of one example of each reference, and the Secret that it refers to and that doesn't exist.
 * `published-examples.integration.test.ts` registers every example.
 */
const CHOSEN: Readonly<Record<string, string | null>> = {
  'ClusterDataPlane with Observability': 'cluster-agent-ca in the namespace openchoreo-system',
  'Basic DataPlane': null,
  'Agent-based DataPlane': 'cluster-agent-ca in the namespace my-org',
  'ClusterBuildPlane with Observability': 'buildplane-agent-ca in the namespace openchoreo-system',
  'ClusterWorkflowPlane with Observability': 'workflowplane-agent-ca in the namespace openchoreo-system',
};

for (const reference of new Set(PUBLISHED_EXAMPLES.map((example) => example.reference))) {
  const example = PUBLISHED_EXAMPLES.find((one) => one.reference === reference && one.title in CHOSEN);
  if (!example) throw new Error(`No example of the ${reference} was chosen.`);
  const { title, release, namespace, name } = example;

  test(
    `registers "${title}" of the ${reference}`,
    onRelease(release),
    async ({ installation, wizard, page }) => {
      const { client } = installation.controlPlane;
      if (namespace !== undefined) await ensureNamespace(client, namespace);
      const kind = installedKind(release, example.kind);
      const spec = withMaterial(example.spec, await createExampleMaterial());
      await wizard.fillAll(kind, { ...(namespace === undefined ? {} : { namespace }), name, spec });
      const missing = CHOSEN[title];
      if (missing) {
        const sentence = `The Secret ${missing} doesn't exist yet. The plane can't connect until it does.`;
        await expect(page.getByText(sentence).first()).toBeVisible();
      }
      await wizard.register();

      const { plural } = kind.entry;
      await expect(page).toHaveURL(new RegExp(`/register/connect/${planeKey({ plural, namespace, name })}`));
      const scope = namespace === undefined ? '' : `namespaces/${namespace}/`;
      const plane = await client.get(`/apis/${PLANE_API_VERSION}/${scope}${plural}/${name}`);
      expect(comparable(jsonObjectSchema.parse(plane.spec))).toEqual(
        comparable(withDefaults(specSchema(kind), spec)),
      );
      expect(await registrationSecrets(installation)).toEqual([]);
    },
  );
}
