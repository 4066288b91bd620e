import { randomUUID } from 'node:crypto';
import type { KubeObject } from '@/demo/control-plane/kube-client';
import type { Release } from '@/demo/crds/profiles';
import type { RegistrationAnswer } from '@/lib/api/registration';
import { jsonObjectSchema } from '@/lib/plane/json/json-schema';
import { CONTROL_PLANE_NAMESPACE, PLANE_ANNOTATION } from '@/lib/plane/model/annotations';
import { planeKey } from '@/lib/plane/model/plane-path';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import { planesPath } from '@/lib/server/kube/api-paths';
import { registerPlane } from '@/lib/server/registration/register-plane';
import { serviceCaller } from '@/lib/server/rights/service-caller';
import type { Runtime } from '@/lib/server/runtime/create-runtime';
import { type BareControlPlane, sharedControlPlane } from '@/testing/control-plane/bare-control-plane';
import { ensureNamespace } from '@/testing/control-plane/kube-objects';
import { clean, registrationSecrets } from '@/testing/installation/installation';
import { draftOfSpec } from '@/testing/plane/draft-fixture';
import type { WantedPlane } from '@/testing/plane/prod-plane';
import { captureLog, startProcessRuntime, stopProcessRuntime } from './test-runtime';

/** A registration, and what the API server has after it. */
export interface Registered {
  readonly draftId: string;
  readonly answer: RegistrationAnswer;
  /** Undefined after a dry run. */
  readonly plane: KubeObject | undefined;
  /** The Secrets that name the plane in their annotations. */
  readonly secrets: readonly KubeObject[];
}

/** Registers planes on a release's control plane, in this process's server. */
export class Registrations {
  private constructor(
    private readonly release: Release,
    private readonly bare: BareControlPlane,
    private readonly runtime: Runtime,
  ) {}

  static async start(release: Release): Promise<Registrations> {
    captureLog();
    const bare = await sharedControlPlane(release);
    const { client, kubeconfigPath } = bare.controlPlane;
    await ensureNamespace(client, CONTROL_PLANE_NAMESPACE);
    const runtime = await startProcessRuntime(kubeconfigPath);
    await runtime.identity.refresh();
    return new Registrations(release, bare, runtime);
  }

  async stop(): Promise<void> {
    await stopProcessRuntime(this.runtime);
    await this.bare.stop();
  }

  /** Deletes all planes, and the Secrets that were created for them. */
  async clean(): Promise<void> {
    await clean({ controlPlane: this.bare.controlPlane, release: this.release });
  }

  /** Registers a plane as the wizard does: first a dry run, whose result `inspect` gets, then the real request. */
  async register(
    kind: InstalledKind,
    wanted: WantedPlane,
    inspect: (dryRun: Registered) => void,
  ): Promise<Registered> {
    const { client } = this.bare.controlPlane;
    const { namespace, name } = wanted;
    if (namespace !== undefined) await ensureNamespace(client, namespace);
    const draft = { ...draftOfSpec(kind, wanted), id: randomUUID() };
    const identity = { plural: kind.entry.plural, namespace, name };
    const key = planeKey(identity);
    const send = async (dryRun: boolean): Promise<Registered> => {
      const answer = await registerPlane(await serviceCaller(), draft, dryRun);
      const plane = await client.find(`${planesPath(identity)}/${name}`);
      const secrets = (await registrationSecrets(this.bare)).filter(
        ({ metadata }) => metadata.annotations?.[PLANE_ANNOTATION] === key,
      );
      return { draftId: draft.id, answer, plane, secrets };
    };
    inspect(await send(true));
    return send(false);
  }
}

/** Returns the decoded values of a Secret by their keys. */
export function textsOf({ data }: KubeObject): Record<string, string> {
  const entries = Object.entries(jsonObjectSchema.parse(data));
  return Object.fromEntries(
    entries.map(([key, value]) => [key, Buffer.from(String(value), 'base64').toString()]),
  );
}
