import type { Json, JsonObject } from '@/lib/plane/json/json';
import { withValueAt } from '@/lib/plane/json/json-path';
import { yamlText } from '@/lib/plane/json/yaml-text';
import type { Role } from '@/lib/plane/model/kinds';
import { AGENT_CA } from './agent-setup';
import { type ChartRelease, chartReleaseOf, isNewerThanKnown } from './chart-release';
import { type ChartSetting, chartSettings, type SettingName } from './chart-settings';
import { type CommandValue, type CommandValues, PLACEHOLDERS, usableValue } from './command-values';
import type { SetupChoices } from './setup-choices';

/** The values file of one installation. */
export interface ChartValues {
  /** The file as YAML. Values that the person fills in later are marked with `OPEN_MARK`. */
  readonly yaml: string;
  /** The values that are neither entered nor left open. */
  readonly missing: readonly CommandValue[];
  /** The labels of the values to fill in before the file can be used. */
  readonly open: readonly string[];
}

/** Begins every value that is left to fill in. No usable value contains it. */
export const OPEN_MARK = '<fill in';

/** The chart's own default entry of the observer's list of variables, which a new list replaces. */
const AUTHORIZATION_TIMEOUT = { name: 'AUTHZ_TIMEOUT', value: '30s' };

/**
 * Returns the values file for a plane's chart: everything that this release requires, and no key that its schema
 * lacks, since helm refuses those.
 *
 * The agent's values are `clusterAgent.planeID` (the documentation's `planeId` is silently ignored, and the agent then
 * connects as "default"), `.serverUrl`, and those of `.tls` that decide who issues its certificate. Each chart sets
 * its own `planeType`.
 */
export function chartValues(
  role: Role,
  planeID: string,
  values: CommandValues,
  choices: SetupChoices,
): ChartValues {
  const release = chartReleaseOf(values.chartVersion);
  const missing: CommandValue[] = [];
  const open: string[] = [];
  const typed = (name: CommandValue): string => {
    const value = usableValue(name, values[name]);
    if (value === null) missing.push(name);
    return value ?? PLACEHOLDERS[name];
  };
  let result: JsonObject = {
    clusterAgent: {
      planeID,
      serverUrl: typed('gatewayUrl'),
      tls: tlsValues(choices, () => typed('caSecret')),
    },
  };
  const comments: Record<string, string> = {
    'clusterAgent.planeID': "Must be the plane's planeID exactly.",
    'clusterAgent.tls.caSecretName': CA_COMMENTS[choices.certificate],
  };
  for (const setting of release === null ? [] : requiredSettings(role, release, choices)) {
    const isOpen = setting.form === 'secret' || choices.open.includes(setting.name);
    if (isOpen) open.push(setting.label);
    const text = isOpen ? `${OPEN_MARK}: ${setting.label}>` : typed(setting.name);
    result = withValueAt(result, setting.path, settingValue(setting.name, text)) as JsonObject;
    if (setting.name === 'observerBaseUrl') comments[setting.path.join('.')] = LIST_COMMENT;
  }
  if (release !== null && !choices.gatewayTls && offersGatewayTls(role, release))
    result = withValueAt(result, ['gateway', 'tls', 'enabled'], false) as JsonObject;
  if (release !== null && role === 'workflow' && isNewerThanKnown(release)) {
    result = { ...result, ...argoLabels(planeID) };
    comments['argo-workflows.commonLabels'] = ARGO_COMMENT;
  }
  return { yaml: yamlText(result, { comments, quoted: true }), missing, open };
}

/** Returns the settings that the chart requires, given the choices. */
export function requiredSettings(
  role: Role,
  release: ChartRelease,
  { gatewayTls }: Pick<SetupChoices, 'gatewayTls'>,
): ChartSetting[] {
  return chartSettings(role, release).filter(
    ({ name }) => gatewayTls || !GATEWAY_TLS_SETTINGS.includes(name),
  );
}

/** Returns whether the chart's gateway can serve HTTPS or HTTP only. Before it could, it required no host name. */
export function offersGatewayTls(role: Role, release: ChartRelease): boolean {
  return chartSettings(role, release).some(({ name }) => name === 'gatewayHostname');
}

/** The settings that only a gateway that serves HTTPS requires. */
const GATEWAY_TLS_SETTINGS: readonly SettingName[] = ['gatewayHostname', 'gatewayCertificate'];

function settingValue(name: SettingName, text: string): Json {
  switch (name) {
    case 'observerBaseUrl':
      return [{ name: 'OBSERVER_BASE_URL', value: text }, AUTHORIZATION_TIMEOUT];
    case 'gatewayCertificate':
      return [{ name: text }];
    default:
      return text;
  }
}

/**
 * Workflow charts after 1.2 fail to render unless Argo's labels repeat the planeID, and default to `default`
 * (openchoreo/openchoreo#4636). Argo's own chart has this value in every release.
 */
function argoLabels(planeID: string): JsonObject {
  return {
    'argo-workflows': {
      commonLabels: { 'openchoreo.dev/plane': 'workflowplane', 'openchoreo.dev/plane-id': planeID },
    },
  };
}

const ARGO_COMMENT = 'The chart requires that these repeat the planeID.';

function tlsValues({ certificate }: SetupChoices, companySecret: () => string): JsonObject {
  switch (certificate) {
    case 'own-ca':
      return { generateCerts: false, caSecretName: AGENT_CA.name };
    case 'company-ca':
      return { generateCerts: false, caSecretName: companySecret() };
    case 'self-signed':
      return { generateCerts: true, caSecretName: '' };
  }
}

const CA_COMMENTS: Record<SetupChoices['certificate'], string> = {
  'own-ca': "The CA that issues the agent's certificates, in this namespace.",
  'company-ca': "The CA that issues the agent's certificates, in this namespace.",
  'self-signed': 'Empty, so no CA of the control plane is used.',
};

const LIST_COMMENT = "helm replaces a list as a whole, so this repeats the chart's own entry.";
