import type { Role } from '../kinds';
import { AGENT_SECRET, agentChart } from './agent-chart';
import type { AdviceCommand } from './connect-check';
import { shellQuote } from './shell-quote';

/**
 * A command that helps to look further, for the plane's cluster; null where the name of what it is about is not
 * verified for the role.
 *
 * @param planeContext the kubectl context of that cluster; null: not known, so a placeholder stands for it
 */
export function adviceCommand(
  command: AdviceCommand,
  role: Role,
  planeContext: string | null,
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
  }
}
