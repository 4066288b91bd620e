import type { CertificateMode } from './setup-choices';

/**
 * Returns how the entered certificates differ from the certificate that the agent was to be installed with, as a
 * sentence and what to do, or null if they agree or nothing was entered.
 */
export function chosenCertificateProblem(
  chosen: CertificateMode,
  entered: readonly { readonly isCa: boolean }[],
): string | null {
  if (entered.length === 0) return null;
  const isCa = entered.every((certificate) => certificate.isCa);
  if (isCa === (chosen !== 'self-signed')) return null;
  const difference = isCa
    ? "You chose the chart's self-signed certificate above, but the certificate below is a CA."
    : "You chose a CA above, but the certificate below is the agent's own.";
  return `${difference} Check that the chart was installed with these values, then print the agent's CA again.`;
}
