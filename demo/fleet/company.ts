/**
 * The company of the sample fleet: Aurora Retail, with a namespace for each organisation. Release 1.0 and later mark
 * such namespaces with another label than 0.14 to 0.17; before that there was none.
 */
export const ORGANISATIONS = {
  retail: 'aurora-retail',
  logistics: 'aurora-logistics',
  payments: 'aurora-payments',
  japan: 'aurora-japan',
} as const;

/** The labels that a release puts on an organisation's namespace. */
export function organisationLabels(release: string): Record<string, string> {
  if (release.startsWith('1.')) return { 'openchoreo.dev/control-plane': 'true' };
  return release === '0.16' ? { 'openchoreo.dev/controlplane-namespace': 'true' } : {};
}

/** Labels as the company puts them on its planes. */
export function companyLabels(
  region: string,
  env: 'prod' | 'staging' | 'dev',
  team: string,
  cloud: 'aws' | 'azure' | 'gcp' | 'on-prem',
): Record<string, string> {
  return { region, env, team, cloud };
}
