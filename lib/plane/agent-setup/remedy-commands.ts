import type { Role } from '@/lib/plane/model/kinds';
import { shellQuote } from '@/lib/plane/model/shell-commands';
import { AGENT_SECRET, agentChart } from './agent-setup';
import type { RemedyCommand } from './verdict';

/** The clusters that the commands run against: kubectl contexts, each null if unknown. */
export interface CommandPlaces {
  readonly planeContext: string | null;
  readonly controlPlaneContext: string | null;
  readonly controlPlaneNamespace: string;
}

/** Returns a command that helps to diagnose a problem. Unknown contexts become placeholders. */
export function remedyCommand(
  command: RemedyCommand,
  role: Role,
  { planeContext, controlPlaneContext, controlPlaneNamespace }: CommandPlaces,
): string {
  const chart = agentChart(role);
  const context = shellQuote(planeContext ?? '<plane-context>');
  const kubectl = `kubectl --context ${context}`;
  const deployment = `deployment/${chart.deployment}`;
  switch (command) {
    case 'agent-logs':
      return `${kubectl} logs -n ${chart.name} ${deployment} --tail=20`;
    case 'agent-values':
      return `helm get values ${chart.name} -n ${chart.name} --kube-context ${context}`;
    case 'restart-agent':
      return `${kubectl} rollout restart ${deployment} -n ${chart.name}`;
    case 'agent-ca':
      return `${kubectl} get secret ${AGENT_SECRET.name} -n ${chart.name} \\\n  -o jsonpath='{.data.ca\\.crt}' | base64 -d | openssl x509 -noout -subject -enddate -fingerprint -sha256`;
    case 'control-plane-pods':
      return `kubectl --context ${shellQuote(controlPlaneContext ?? '<control-plane-context>')} get pods -n ${shellQuote(controlPlaneNamespace)}`;
  }
}
