import { yamlScalar } from '@/lib/plane/json/yaml-scalar';
import { AGENT_CA } from './agent-setup';

/** Ten years. */
const CA_DURATION = '87600h';
/** The longest common name of a certificate (RFC 5280, appendix A.1). */
const MAX_COMMON_NAME = 64;

/**
 * Returns the command that creates a CA for one plane's agents, unless it exists, and waits until it's issued.
 *
 * @param context quoted
 */
export function createAgentCaCommand(context: string, planeID: string, namespace: string): string {
  return `kubectl --context ${context} apply -f - <<'MANIFESTS'
${agentCaManifests(planeID, namespace)}MANIFESTS
kubectl --context ${context} wait -n ${namespace} \\
  --for=condition=Ready certificate/${AGENT_CA.name} --timeout=5m`;
}

/**
 * Returns the manifests of a CA for one plane's agents, which cert-manager creates in the plane's cluster and keeps
 * for ten years. Renewals keep its key, so certificates that it issued before stay valid.
 *
 * @param planeID becomes part of the CA's name, for people who compare certificates
 */
function agentCaManifests(planeID: string, namespace: string): string {
  const name = `${planeID} agent CA`;
  const commonName = name.length > MAX_COMMON_NAME ? planeID.slice(0, MAX_COMMON_NAME) : name;
  return `apiVersion: cert-manager.io/v1
kind: Issuer
metadata:
  name: ${AGENT_CA.issuer}
  namespace: ${namespace}
spec:
  selfSigned: {}
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata:
  name: ${AGENT_CA.name}
  namespace: ${namespace}
spec:
  isCA: true
  commonName: ${yamlScalar(commonName, true)}
  secretName: ${AGENT_CA.name}
  duration: ${CA_DURATION}
  privateKey:
    algorithm: ECDSA
    size: 256
    rotationPolicy: Never
  issuerRef:
    name: ${AGENT_CA.issuer}
    kind: Issuer
`;
}
