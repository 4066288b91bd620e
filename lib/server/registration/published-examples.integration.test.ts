import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { RELEASES } from '@/demo/crds/profiles';
import type { RegistrationAnswer } from '@/lib/api/registration';
import { isJsonObject, type Json, type JsonObject } from '@/lib/plane/json/json';
import { jsonObjectSchema } from '@/lib/plane/json/json-schema';
import { MANAGED_BY, MANAGED_BY_LABEL, REGISTRATION_ANNOTATION } from '@/lib/plane/model/annotations';
import { PLANE_API_VERSION } from '@/lib/plane/model/kinds';
import { specSchema } from '@/lib/plane/schema/installed-kind';
import {
  createExampleMaterial,
  type ExampleMaterial,
  withMaterial,
} from '@/testing/examples/example-material';
import { PUBLISHED_EXAMPLES, type PublishedExample } from '@/testing/examples/published-examples';
import { installedKind } from '@/testing/plane/installed-kinds';
import { comparable, withDefaults } from '@/testing/plane/stored-spec';
import { Registrations, textsOf } from '@/testing/server/registrations';

let material: ExampleMaterial;
beforeAll(async () => {
  material = await createExampleMaterial();
});

const releases = RELEASES.filter((release) => PUBLISHED_EXAMPLES.some((one) => one.release === release));

describe.each(releases)('an API server of release %s', (release) => {
  let registrations: Registrations;
  beforeAll(async () => {
    registrations = await Registrations.start(release);
  });
  afterAll(() => registrations?.stop());
  // Examples of one reference have the same name.
  afterEach(() => registrations.clean());

  const examples = PUBLISHED_EXAMPLES.filter((example) => example.release === release);
  test.each(examples)('stores "$title" of the $reference', async (example) => {
    const kind = installedKind(release, example.kind);
    const { namespace, name, newSecret } = example;
    const spec = withMaterial(example.spec, material);
    const newSecrets = newSecret ? { 'agent.clientCA': material.ca } : {};
    const scope = namespace === undefined ? {} : { namespace };
    const wanted = { ...scope, name, spec, newSecrets };
    const { draftId, answer, plane, secrets } = await registrations.register(kind, wanted, (dryRun) => {
      expect(dryRun).toMatchObject({ answer: { outcome: 'checked' }, plane: undefined, secrets: [] });
      expect(secretWarnings(dryRun.answer)).toEqual(missingSecrets(example));
    });

    expect(answer).toMatchObject({
      outcome: 'created',
      plane: { plural: kind.entry.plural, ...scope, name },
    });
    expect(plane).toMatchObject({
      apiVersion: PLANE_API_VERSION,
      kind: example.kind,
      metadata: { name, ...scope, annotations: { [REGISTRATION_ANNOTATION]: draftId } },
    });
    expect(comparable(jsonObjectSchema.parse(plane?.spec))).toEqual(
      comparable(withDefaults(specSchema(kind), spec)),
    );
    expect(secrets.map((secret) => [secret.metadata.name, textsOf(secret)])).toEqual(
      newSecret ? [[newSecret.name, { [newSecret.key]: `${material.ca}\n` }]] : [],
    );
    for (const { metadata } of secrets)
      expect(metadata).toMatchObject({
        namespace: newSecret?.namespace,
        labels: { [MANAGED_BY_LABEL]: MANAGED_BY },
        annotations: { [REGISTRATION_ANNOTATION]: draftId },
      });
  });
});

/** Returns a warning for each Secret that the spec refers to and the registration doesn't create, by its field. */
function missingSecrets({ spec, namespace, newSecret }: PublishedExample): Record<string, string> {
  if (newSecret) return {};
  const warnings = referencesIn(spec, []).map(([path, { name, namespace: other = namespace }]) => [
    `credentials ${path.slice(0, -1).join('.')} name`,
    `The Secret ${name} in the namespace ${other} doesn't exist yet. The plane can't connect until it does.`,
  ]);
  return Object.fromEntries(warnings);
}

function secretWarnings({ warnings }: RegistrationAnswer): Record<string, string> {
  const ofSecrets = warnings.filter(({ message }) => message.startsWith('The Secret '));
  return Object.fromEntries(ofSecrets.map(({ path, message }) => [path.join(' '), message]));
}

/** Returns the references to a key of a Secret with their paths. A registry's reference has only a name. */
function referencesIn(value: Json, path: readonly string[]): [readonly string[], JsonObject][] {
  if (!isJsonObject(value)) return [];
  const children = Object.entries(value).flatMap(([name, child]) => referencesIn(child, [...path, name]));
  return typeof value.key === 'string' ? [[path, value], ...children] : children;
}
