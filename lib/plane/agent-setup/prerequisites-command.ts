import { shellQuote } from '@/lib/plane/model/shell-commands';
import { EXTERNAL_SECRETS, type Prerequisite } from './chart-prerequisites';

/** Prints the group of each CRD and the versions that it serves, a line each. */
const SERVED_APIS = '{range .items[*]}{.spec.group}{" "}{.spec.versions[?(@.served==true)].name}{"\\n"}{end}';
/** The labels of cert-manager's own controller, whichever namespace and release name it has. */
const CERT_MANAGER_LABELS = 'app.kubernetes.io/name=cert-manager,app.kubernetes.io/component=controller';

/**
 * Returns the command that checks the plane's cluster for what the chart needs, prints a line for each, and fails if
 * something is missing. It only reads.
 *
 * @param context quoted
 * @param secretStore the ClusterSecretStore that the plane names, or null
 */
export function prerequisitesCommand(
  context: string,
  needed: readonly Prerequisite[],
  secretStore: string | null,
): string {
  const kubectl = `kubectl --context ${context}`;
  const all =
    secretStore === null || needed.includes(EXTERNAL_SECRETS) ? needed : [...needed, EXTERNAL_SECRETS];
  return [
    '(',
    `  served=$(${kubectl} get crd -o jsonpath='${SERVED_APIS}') || exit`,
    '  missing=0',
    '  absent() { echo "missing  $1. See $2"; missing=1; }',
    '  need() {',
    '    if echo "$served" | grep -E "^$1 (.* )?$2( |$)" >/dev/null',
    '    then echo "found    $3"; else absent "$3 ($1/$2)" "$4"; fi',
    '  }',
    '  if command -v helm >/dev/null; then echo "found    helm"',
    '  else absent helm https://helm.sh/docs/intro/install/; fi',
    ...all.map(({ api, name, guide }) => `  need ${api.replace('/', ' ')} ${shellQuote(name)} ${guide}`),
    `  ready=$(${kubectl} get deployments -A -l ${CERT_MANAGER_LABELS} \\`,
    "    -o jsonpath='{.items[*].status.readyReplicas}') || exit",
    `  case "$ready" in *[1-9]*) echo 'found    cert-manager, running' ;;`,
    `    *) absent 'a running cert-manager' ${all[0]?.guide ?? ''} ;; esac`,
    ...(secretStore === null ? [] : storeLines(kubectl, secretStore)),
    '  [ "$missing" = 0 ]',
    ')',
  ].join('\n');
}

function storeLines(kubectl: string, secretStore: string): string[] {
  const name = shellQuote(secretStore);
  const label = shellQuote(`ClusterSecretStore ${secretStore}`);
  return [
    `  if ${kubectl} get clustersecretstores.external-secrets.io ${name} >/dev/null 2>&1; then`,
    `    printf 'found    %s\\n' ${label}`,
    `  else absent ${label} https://external-secrets.io/latest/api/clustersecretstore/; fi`,
  ];
}

/**
 * Returns the command that checks that Secrets exist with the keys that the chart reads, and fails if one is missing.
 * It prints names of keys and no values.
 *
 * @param context quoted
 * @param secrets their names are quoted
 */
export function secretsCommand(
  context: string,
  namespace: string,
  secrets: readonly { readonly name: string; readonly keys: readonly string[] }[],
): string {
  const get = `kubectl --context ${context} -n ${namespace} get secret`;
  return [
    '(',
    '  missing=0',
    '  check() {',
    `    found=$(${get} "$1" --ignore-not-found \\`,
    '      -o go-template="{{if .data}}{{with index .data \\"$2\\"}}found{{end}}{{end}}") || exit',
    '    if [ "$found" = found ]; then echo "found    Secret $1, key $2"',
    '    else echo "missing  Secret $1, key $2"; missing=1; fi',
    '  }',
    ...secrets.flatMap(({ name, keys }) => keys.map((key) => `  check ${name} ${key}`)),
    '  [ "$missing" = 0 ]',
    ')',
  ].join('\n');
}
