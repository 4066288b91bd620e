import type { Metadata } from 'next';
import { WallSetupScreen } from '@/components/wall-setup/wall-setup-screen';
import { QueryProvider } from '@/lib/client/api/query-provider';
import { getConfig } from '@/lib/server/config/config';

export const metadata: Metadata = { title: 'Set up a wall' };

/** The page that sets up walls: what a wall shows, how it looks, and the link that admits a screen. */
export default function WallSetupPage() {
  const { wall, readOnly, publicUrl, controlPlaneNamespace } = getConfig();
  return (
    <QueryProvider>
      <WallSetupScreen
        mode={wall}
        readOnly={readOnly}
        publicOrigin={publicUrl?.origin ?? null}
        namespace={controlPlaneNamespace}
      />
    </QueryProvider>
  );
}
