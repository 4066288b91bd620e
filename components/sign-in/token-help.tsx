import { CommandBlock } from '@/components/ui/command-block';
import { DisclosureSummary } from '@/components/ui/disclosure-summary';

const COMMAND = 'kubectl create token my-account \\\n  --namespace my-namespace \\\n  --duration 12h';

/** Explains where a token comes from. */
export function TokenHelp() {
  return (
    <details className="group">
      <DisclosureSummary compact>How to get a token</DisclosureSummary>
      <div className="mt-2 text-pretty text-muted text-xs">
        <p>
          Planeboard acts with the permissions of the token. Create one for a service account that has the
          permissions that you need:
        </p>
        <CommandBlock command={COMMAND} label="Create a token" />
        <p className="mt-2">When the token expires, you are signed out.</p>
      </div>
    </details>
  );
}
