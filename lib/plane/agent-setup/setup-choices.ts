import { SETTING_NAMES, type SettingName } from './chart-settings';

/** The certificate that the agent connects with, and thereby the one to register. */
export const CERTIFICATE_MODES = ['own-ca', 'self-signed', 'company-ca'] as const;
export type CertificateMode =
  /** A CA that cert-manager creates in the plane's cluster for ten years. Renewals need no new registration. */
  | 'own-ca'
  /** The chart's default: the agent's own certificate is registered, and replaced after 75 of its 90 days. */
  | 'self-signed'
  /** A CA of the company, in a Secret in the chart's namespace. */
  | 'company-ca';

/** What a person chose for an installation, beyond the values to type. */
export interface SetupChoices {
  readonly certificate: CertificateMode;
  /** Whether the chart's own gateway serves HTTPS. Only planes with a gateway ask. */
  readonly gatewayTls: boolean;
  /** Settings to fill in later, in the values file. */
  readonly open: readonly SettingName[];
}

export const DEFAULT_CHOICES: SetupChoices = { certificate: 'own-ca', gatewayTls: true, open: [] };

/** The charts' default lifetime of an agent's certificate, and when cert-manager renews it before its end. */
export const LEAF_DAYS = 90;
export const LEAF_RENEWED_AFTER_DAYS = 75;

/** Parses stored choices. Any program may have written them, so invalid parts are dropped. */
export function parseChoices(value: unknown): SetupChoices {
  if (typeof value !== 'object' || value === null) return DEFAULT_CHOICES;
  const { certificate, gatewayTls, open } = value as Record<string, unknown>;
  return {
    certificate: CERTIFICATE_MODES.find((mode) => mode === certificate) ?? DEFAULT_CHOICES.certificate,
    gatewayTls: typeof gatewayTls === 'boolean' ? gatewayTls : DEFAULT_CHOICES.gatewayTls,
    open: Array.isArray(open) ? SETTING_NAMES.filter((name) => open.includes(name)) : [],
  };
}
