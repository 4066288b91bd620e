import { randomUUID } from 'node:crypto';
import type { Credential } from '@/lib/plane/credentials/credential';
import type { PlanePlural } from '@/lib/plane/model/kinds';
import type { Draft } from '@/lib/plane/registration/draft';
import { newDraft } from '@/lib/plane/registration/new-draft';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import type { Runtime } from '@/lib/server/runtime/create-runtime';

/** Returns a kind from the runtime's catalog. Throws if it isn't installed or its schema isn't known yet. */
export function installedKindOf(runtime: Runtime, plural: PlanePlural): InstalledKind {
  const kind = runtime.catalog.state.kinds?.find(({ entry }) => entry.plural === plural);
  if (!kind?.schema) throw new Error(`The catalogue has no fields of ${plural}.`);
  return { entry: kind.entry, schema: kind.schema };
}

/** Returns the wizard's draft of a plane with an agent, with only the required fields filled in. */
export function agentDraft(
  runtime: Runtime,
  plane: {
    readonly plural?: PlanePlural;
    readonly namespace?: string;
    readonly name: string;
    readonly caPem: string;
    readonly credential?: Partial<Credential>;
  },
): Draft {
  const kind = installedKindOf(runtime, plane.plural ?? 'dataplanes');
  const cluster = kind.entry.scope === 'Cluster';
  const draft = newDraft(kind, randomUUID(), cluster ? {} : { namespace: plane.namespace ?? 'default' });
  const slotId = 'clusterAgent.clientCA';
  const credential: Credential = {
    source: 'new-secret',
    text: plane.caPem,
    namespace: cluster ? 'openchoreo-control-plane' : '',
    name: `${plane.name}-agent-ca`,
    key: 'ca.crt',
    ...plane.credential,
  };
  const required = kind.entry.role === 'observability' ? { observerURL: 'https://observer.example.com' } : {};
  return {
    ...draft,
    name: plane.name,
    spec: { ...draft.spec, ...required, planeID: plane.name },
    credentials: { ...draft.credentials, [slotId]: credential },
  };
}
