import { onRelease } from '@/e2e/support/on-release';
import { expect, test } from '@/e2e/support/registration-test';
import { isJsonObject, type Json, type JsonObject } from '@/lib/plane/json/json';
import { jsonObjectSchema } from '@/lib/plane/json/json-schema';
import {
  MANAGED_BY,
  MANAGED_BY_LABEL,
  PLANE_ANNOTATION,
  REGISTRATION_ANNOTATION,
} from '@/lib/plane/model/annotations';
import { PLANE_API_VERSION } from '@/lib/plane/model/kinds';
import { planeKey } from '@/lib/plane/model/plane-path';
import { specSchema } from '@/lib/plane/schema/installed-kind';
import { ensureNamespace } from '@/testing/control-plane/kube-objects';
import {
  createExampleMaterial,
  type ExampleMaterial,
  withMaterial,
} from '@/testing/examples/example-material';
import { PUBLISHED_EXAMPLES, type PublishedExample } from '@/testing/examples/published-examples';
import { registrationSecrets } from '@/testing/installation/installation';
import { installedKind } from '@/testing/plane/installed-kinds';
import { comparable, withDefaults } from '@/testing/plane/stored-spec';

let material: ExampleMaterial;
test.beforeAll(async () => {
  material = await createExampleMaterial();
});

for (const example of PUBLISHED_EXAMPLES) {
  test.describe(example.reference, onRelease(example.release), () => {
    test(`registers "${example.title}" of the ${example.reference}`, async ({
      installation,
      wizard,
      page,
    }) => {
      const { controlPlane } = installation;
      if (example.namespace !== undefined) await ensureNamespace(controlPlane.client, example.namespace);
      const kind = installedKind(example.release, example.kind);
      const spec = withMaterial(example.spec, material);
      const { namespace, name } = example;
      const newSecrets = example.newSecret ? { 'agent.clientCA': material.ca } : {};
      await wizard.fillAll(kind, { ...(namespace ? { namespace } : {}), name, spec, newSecrets });
      for (const secret of missingSecrets(example)) {
        const sentence = `The Secret ${secret.name} in the namespace ${secret.namespace} doesn't exist yet. The plane can't connect until it does.`;
        await expect(page.getByText(sentence).first()).toBeVisible();
      }
      await wizard.register();

      const identity = { plural: kind.entry.plural, namespace, name };
      await expect(page).toHaveURL(new RegExp(`/register/connect/${planeKey(identity)}`));
      const scope = namespace === undefined ? '' : `namespaces/${namespace}/`;
      const plane = await controlPlane.client.get(
        `/apis/${PLANE_API_VERSION}/${scope}${kind.entry.plural}/${name}`,
      );
      expect(plane).toMatchObject({ apiVersion: PLANE_API_VERSION, kind: example.kind });
      expect(plane.metadata).toMatchObject(namespace === undefined ? { name } : { name, namespace });
      expect(comparable(jsonObjectSchema.parse(plane.spec))).toEqual(
        comparable(withDefaults(specSchema(kind), spec)),
      );
      await expectSecrets(installation, example, planeKey(identity), plane.metadata.annotations);
    });
  });
}

/** Returns the Secrets that the spec refers to and that don't exist, since the registration doesn't create them. */
function missingSecrets({
  spec,
  namespace,
  newSecret,
}: PublishedExample): { name: string; namespace: string }[] {
  if (newSecret) return [];
  return referencesIn(spec).map((reference) => ({
    name: String(reference.name),
    namespace: String(reference.namespace ?? namespace),
  }));
}

/** Returns the references to a key of a Secret. A registry's reference has only a name and is ignored. */
function referencesIn(value: Json): JsonObject[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (!isJsonObject(value)) return [];
  return [...(typeof value.key === 'string' ? [value] : []), ...Object.values(value).flatMap(referencesIn)];
}

async function expectSecrets(
  installation: Parameters<typeof registrationSecrets>[0],
  { newSecret }: PublishedExample,
  plane: string,
  planeAnnotations: Readonly<Record<string, string>> = {},
): Promise<void> {
  const secrets = await registrationSecrets(installation);
  expect(secrets.map(({ metadata }) => metadata.name)).toEqual(newSecret ? [newSecret.name] : []);
  const [secret] = secrets;
  if (!newSecret || !secret) return;
  expect(secret.metadata).toMatchObject({
    namespace: newSecret.namespace,
    labels: { [MANAGED_BY_LABEL]: MANAGED_BY },
    annotations: {
      [PLANE_ANNOTATION]: plane,
      [REGISTRATION_ANNOTATION]: planeAnnotations[REGISTRATION_ANNOTATION],
    },
  });
  const data = jsonObjectSchema.parse(secret.data);
  expect(Object.keys(data)).toEqual([newSecret.key]);
  expect(Buffer.from(String(data[newSecret.key]), 'base64').toString().trim()).toBe(material.ca);
}
