import type { Role } from '@/lib/plane/model/kinds';
import { shellQuote } from '@/lib/plane/model/shell-commands';
import { AGENT_SECRET, agentChart } from './agent-setup';
import type { RemedyCommand } from './verdict';

/** Which clusters the commands are for: kubectl contexts, each null where it is not known. */
export interface CommandPlaces {
  readonly planeContext: string | null;
  readonly controlPlaneContext: string | null;
  readonly controlPlaneNamespace: string;
}

/**
 * A command that helps to look further; null where the name of what it is about is not verified for the role. A
 * placeholder stands for a context that is not known.
 */
export function remedyCommand(
  command: RemedyCommand,
  role: Role,
  { planeContext, controlPlaneContext, controlPlaneNamespace }: CommandPlaces,
): string | null {
  const chart = agentChart(role);
  const context = shellQuote(planeContext ?? '<plane-context>');
  const kubectl = `kubectl --context ${context}`;
  const deployment = role === 'build' ? null : `deployment/cluster-agent-${role}plane`;
  switch (command) {
    case 'agent-logs':
      return `${kubectl} logs -n ${chart.name} ${deployment ?? '-l app=cluster-agent'} --tail=20`;
    case 'agent-values':
      return `helm get values ${chart.name} -n ${chart.name} --kube-context ${context}`;
    case 'restart-agent':
      return deployment === null ? null : `${kubectl} rollout restart ${deployment} -n ${chart.name}`;
    case 'agent-ca':
      return `${kubectl} get secret ${AGENT_SECRET.name} -n ${chart.name} \\\n  -o jsonpath='{.data.ca\\.crt}' | base64 -d | openssl x509 -noout -subject -enddate -fingerprint -sha256`;
    case 'control-plane-pods':
      return `kubectl --context ${shellQuote(controlPlaneContext ?? '<control-plane-context>')} get pods -n ${shellQuote(controlPlaneNamespace)}`;
  }
}
