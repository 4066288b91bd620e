import { z } from '@/lib/zod';
import { kindOfName } from './kinds';

/** The source of the CA that verifies a plane's agent. */
export type ClientCaSource =
  | { readonly inline: string }
  | { readonly secret: { readonly namespace: string; readonly name: string; readonly key: string } }
  /** The plane has a field for a CA, and it is empty. */
  | { readonly absent: true };

const secretKey = z.object({ namespace: z.string().optional(), name: z.string(), key: z.string() });
const valueFrom = z.object({
  value: z.string().optional(),
  /** Up to 0.17. */
  secretRef: secretKey.optional(),
  /** From 1.0. */
  secretKeyRef: secretKey.optional(),
});
const agentPart = z.object({ clientCA: valueFrom.optional() });
const resourceSchema = z.object({
  metadata: z.object({ namespace: z.string().optional() }),
  spec: z.object({
    clusterAgent: agentPart.optional(),
    agent: agentPart.extend({ enabled: z.boolean().optional() }).optional(),
  }),
});

/**
 * Returns the source of a plane's client CA: `spec.clusterAgent.clientCA`, or `spec.agent.clientCA` if the agent is
 * enabled. `value` wins when both are set. A namespaced kind's Secret defaults to the plane's own namespace. A
 * cluster kind must name a namespace; without it the CA counts as absent.
 *
 * Returns null when the plane has no agent or its resource can't be read.
 *
 * @param kind the plane's kind, because items of a list don't carry it
 */
export function clientCaSource(kind: string, raw: unknown): ClientCaSource | null {
  const read = resourceSchema.safeParse(raw).data;
  if (!read) return null;
  const { clusterAgent, agent } = read.spec;
  const part = clusterAgent ?? (agent?.enabled === true ? agent : undefined);
  if (!part) return null;
  const { clientCA } = part;
  if (clientCA?.value) return { inline: clientCA.value };
  const ref = clientCA?.secretKeyRef ?? clientCA?.secretRef;
  const own = kindOfName(kind)?.scope === 'Namespaced' ? read.metadata.namespace : undefined;
  const namespace = ref?.namespace || own;
  if (!ref || !namespace) return { absent: true };
  return { secret: { namespace, name: ref.name, key: ref.key } };
}
