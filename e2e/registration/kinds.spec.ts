import { RELEASES, type Release } from '@/demo/crds/profiles';
import { onRelease } from '@/e2e/support/on-release';
import { expect, test } from '@/e2e/support/registration-test';
import { connectionsOf } from '@/lib/plane/credentials/credential-slots';
import { isJsonObject, type Json, type JsonObject } from '@/lib/plane/json/json';
import { valueAt, withValueAt } from '@/lib/plane/json/json-path';
import { jsonObjectSchema } from '@/lib/plane/json/json-schema';
import { CONTROL_PLANE_NAMESPACE } from '@/lib/plane/model/annotations';
import { PLANE_API_VERSION } from '@/lib/plane/model/kinds';
import { type InstalledKind, specSchema } from '@/lib/plane/schema/installed-kind';
import { ensureNamespace } from '@/testing/control-plane/kube-objects';
import { createExampleMaterial, type ExampleMaterial } from '@/testing/examples/example-material';
import { type Installation, registrationSecrets } from '@/testing/installation/installation';
import { installedKinds } from '@/testing/plane/installed-kinds';
import type { WantedPlane } from '@/testing/plane/prod-plane';
import { sampleSpec } from '@/testing/plane/sample-spec';
import { comparable, withDefaults } from '@/testing/plane/stored-spec';

const NAMESPACE = 'acme';
const NAME = 'prod-eu';

let material: ExampleMaterial;
test.beforeAll(async () => {
  material = await createExampleMaterial();
});

for (const release of RELEASES) {
  test.describe(`release ${release}`, onRelease(release), () => {
    test.beforeEach(async ({ installation }) => {
      await ensureNamespace(installation.controlPlane.client, NAMESPACE);
      await ensureNamespace(installation.controlPlane.client, CONTROL_PLANE_NAMESPACE);
    });

    for (const kind of installedKinds(release)) {
      test(`registers ${kind.entry.kind} of release ${release} with only the required fields`, async ({
        installation,
        wizard,
      }) => {
        const { wanted, stored, secretText } = requiredOnly(kind);
        await wizard.fillAll(kind, wanted);
        await wizard.register();
        await expectStored(installation, kind, stored);
        const secrets = await registrationSecrets(installation);
        expect(secrets.map(({ data }) => textsOf(data))).toEqual(secretText === null ? [] : [[secretText]]);
      });
    }

    for (const kind of installedKinds(release).filter(({ entry }) => hasMost(release, entry.kind))) {
      for (const connection of connectionsOf(kind)) {
        test(`registers ${kind.entry.kind} of release ${release} with every field, ${connection} connection`, async ({
          installation,
          wizard,
        }) => {
          const spec = sampleSpec(kind, {
            connection,
            material,
            onlyRequired: false,
            credential: ({ form }, text) => written(form, text),
          });
          const wanted = { ...identityOf(kind), spec: { ...planeID(kind, 'prod-cluster'), ...spec } };
          await wizard.fillAll(kind, wanted);
          await wizard.register();
          const isAgentSwitch = valueAt(spec, ['agent']) !== undefined;
          const stored = isAgentSwitch ? withValueAt(wanted.spec, ['agent', 'enabled'], true) : wanted.spec;
          await expectStored(installation, kind, stored);
          expect(await registrationSecrets(installation), 'All credentials are in the plane itself.').toEqual(
            [],
          );
        });
      }
    }
  });
}

/** Whether a kind has most of the fields of its release. */
function hasMost(release: Release, kind: string): boolean {
  return kind === 'DataPlane' || (release === '1.2' && kind === 'ClusterObservabilityPlane');
}

/** Returns the input, the spec expected to be stored, and the content of the new Secret, if there is one. */
function requiredOnly(kind: InstalledKind): {
  wanted: WantedPlane;
  stored: JsonObject;
  secretText: string | null;
} {
  const connection = connectionsOf(kind)[0] ?? 'agent';
  const spec = sampleSpec(kind, {
    connection,
    material,
    onlyRequired: true,
    // The input names no Secret, so the wizard's proposal is used.
    credential: (slot, text) =>
      slot.refField === null ? written(slot.form, text) : { [slot.refField]: { proposed: true } },
  });
  const slotId = spec.agent ? 'agent.clientCA' : 'clusterAgent.clientCA';
  const isAgent = connection === 'agent';
  const proposedReference = {
    ...(kind.entry.scope === 'Cluster'
      ? { name: `${NAME}-${kind.entry.planeType}-agent-ca`, namespace: CONTROL_PLANE_NAMESPACE }
      : { name: `${NAME}-agent-ca` }),
    key: 'ca.crt',
  };
  const withReference = isAgent ? withReferenceAt(spec, slotId, proposedReference) : spec;
  const identified = { ...planeID(kind, NAME), ...withReference };
  return {
    wanted: {
      ...identityOf(kind),
      spec: isAgent ? withReferenceAt(spec, slotId, {}) : spec,
      newSecrets: isAgent ? { [slotId]: material.ca } : {},
    },
    stored:
      slotId.startsWith('agent.') && isAgent
        ? withValueAt(identified, ['agent', 'enabled'], true)
        : identified,
    secretText: isAgent ? material.ca : null,
  };
}

function withReferenceAt(spec: JsonObject, slotId: string, reference: JsonObject): JsonObject {
  const path = slotId.split('.');
  const slot = valueAt(spec, path);
  const [refField] = isJsonObject(slot) ? Object.keys(slot) : [];
  if (refField === undefined) throw new Error(`The spec has no reference at ${slotId}.`);
  return withValueAt(spec, [...path, refField], reference);
}

function written(form: 'value-from' | 'base64' | 'text', text: string): Json {
  if (form === 'base64') return Buffer.from(text).toString('base64');
  return form === 'text' ? text : { value: text };
}

function identityOf({ entry }: InstalledKind): { namespace?: string; name: string } {
  return { ...(entry.scope === 'Namespaced' ? { namespace: NAMESPACE } : {}), name: NAME };
}

/** Returns the planeID as part of a spec, or nothing if the kind has none. */
function planeID(kind: InstalledKind, id: string): JsonObject {
  return specSchema(kind).properties?.planeID ? { planeID: id } : {};
}

async function expectStored(
  { controlPlane }: Installation,
  kind: InstalledKind,
  spec: JsonObject,
): Promise<void> {
  const { plural, scope } = kind.entry;
  const namespacePath = scope === 'Namespaced' ? `namespaces/${NAMESPACE}/` : '';
  const plane = await controlPlane.client.get(`/apis/${PLANE_API_VERSION}/${namespacePath}${plural}/${NAME}`);
  expect(comparable(jsonObjectSchema.parse(plane.spec))).toEqual(
    comparable(withDefaults(specSchema(kind), spec)),
  );
}

function textsOf(data: unknown): string[] {
  return Object.values(jsonObjectSchema.parse(data)).map((value) =>
    Buffer.from(String(value), 'base64').toString().trim(),
  );
}
