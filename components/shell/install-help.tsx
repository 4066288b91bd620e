import type { ReactNode } from 'react';
import { CopyButton } from '@/components/ui/copy-button';
import { EmptyState } from '@/components/ui/empty-state';
import { NO_PLANES_TITLES } from '@/lib/plane/fleet/source-state';
import { PLANE_API_VERSION } from '@/lib/plane/model/kinds';

const COMMAND = `helm upgrade --install openchoreo-control-plane \\
  oci://ghcr.io/openchoreo/helm-charts/openchoreo-control-plane \\
  --version VERSION \\
  --namespace openchoreo-control-plane --create-namespace`;

/** Shown if the API server answers but serves no plane kind: how to install OpenChoreo. */
export function InstallHelp({ icon }: { readonly icon: ReactNode }) {
  return (
    <EmptyState icon={icon} title={NO_PLANES_TITLES['none-installed']}>
      <p>
        The API server responds, but serves no plane kinds of{' '}
        <code className="font-mono">{PLANE_API_VERSION}</code>. OpenChoreo's control plane adds them. Choose
        the version and values from its documentation:
      </p>
      <div className="relative mt-4 rounded-lg border border-line bg-surface text-left">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable content must be reachable by keyboard. */}
        <pre tabIndex={0} className="overflow-x-auto p-3 pr-11 font-mono text-ink text-xs leading-5">
          {COMMAND}
        </pre>
        <CopyButton text={COMMAND} label="Copy command" className="absolute top-1.5 right-1.5" />
      </div>
      <p className="mt-4">
        <a
          href="https://openchoreo.dev/docs/"
          target="_blank"
          rel="noreferrer"
          className="font-medium text-accent underline-offset-2 hover:underline"
        >
          OpenChoreo installation guide
        </a>
        . This page updates when the kinds are installed.
      </p>
    </EmptyState>
  );
}
