import 'server-only';
import type { ClusterGateway } from '@/lib/api/agent-setup';
import type { Caller } from '@/lib/server/rights/caller';
import { z } from '@/lib/zod';
import { listIfAllowed } from './read-if-allowed';

const GATEWAY = 'cluster-gateway';
/** The argument and the variable that set how the gateway receives an agent's certificate. */
const AUTH_ARGUMENT = /^--agent-auth-mode=(.+)$/;
const AUTH_VARIABLE = 'AGENT_AUTH_MODE';
/** Helm's label for the chart of an object: its name and version. */
const CHART_LABEL = 'helm.sh/chart';
const CONTROL_PLANE_CHART = /^openchoreo-control-plane-v?(\d+\.\d+\.\d+[-+.\w]*)$/;
const APPLICATION_VERSION_LABEL = 'app.kubernetes.io/version';
const VERSION = /^v?(\d+\.\d+\.\d+[-+.\w]*)$/;

const deploymentSchema = z.object({
  metadata: z.object({ name: z.string(), labels: z.record(z.string(), z.string()).optional() }),
  spec: z.object({
    template: z.object({
      spec: z.object({
        containers: z.array(
          z.object({
            image: z.string().optional(),
            args: z.array(z.string()).nullish(),
            command: z.array(z.string()).nullish(),
            env: z.array(z.object({ name: z.string(), value: z.string().optional() })).nullish(),
          }),
        ),
      }),
    }),
  }),
});
type Deployment = z.infer<typeof deploymentSchema>;

/**
 * Returns what the gateway's Deployment reveals: how agents authenticate, and the control plane's version, which the
 * charts of planes follow.
 *
 * @throws KubeError when the API server doesn't answer
 */
export async function gatewayDeployment(
  caller: Caller,
  namespace: string,
): Promise<Pick<ClusterGateway, 'agentAuth' | 'chartVersion'>> {
  const path = `/apis/apps/v1/namespaces/${namespace}/deployments`;
  const listed = { apiVersion: 'apps/v1', kind: 'Deployment', namespace };
  const deployments = await listIfAllowed(caller, path, listed, deploymentSchema);
  const gateway = deployments.find(({ metadata }) => metadata.name.includes(GATEWAY));
  return gateway
    ? { agentAuth: agentAuthOf(gateway), chartVersion: versionOf(gateway) }
    : { agentAuth: null, chartVersion: null };
}

/** A mode that isn't set has the gateway's default, mtls. */
function agentAuthOf({ spec }: Deployment): 'mtls' | 'forwarded-header' {
  const modes = spec.template.spec.containers.flatMap(({ args, command, env }) => [
    ...[...(command ?? []), ...(args ?? [])].map((text) => AUTH_ARGUMENT.exec(text)?.[1]),
    env?.find(({ name }) => name === AUTH_VARIABLE)?.value,
  ]);
  return modes.includes('forwarded-header') ? 'forwarded-header' : 'mtls';
}

function versionOf({ metadata: { name, labels = {} }, spec }: Deployment): ClusterGateway['chartVersion'] {
  const ofChart = CONTROL_PLANE_CHART.exec(labels[CHART_LABEL] ?? '')?.[1];
  if (ofChart !== undefined) return { version: ofChart, source: "the control plane's chart" };
  const ofLabel = VERSION.exec(labels[APPLICATION_VERSION_LABEL] ?? '')?.[1];
  if (ofLabel !== undefined) return { version: ofLabel, source: `the label of the Deployment ${name}` };
  const tags = spec.template.spec.containers.map(({ image }) => image?.split('@')[0]?.split(':').at(-1));
  const ofImage = tags.map((tag) => VERSION.exec(tag ?? '')?.[1]).find((version) => version !== undefined);
  return ofImage === undefined ? null : { version: ofImage, source: `the image of the Deployment ${name}` };
}
