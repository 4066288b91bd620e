import type { Metadata } from 'next';
import { WallSetupScreen } from '@/components/wall-setup/wall-setup-screen';
import { QueryProvider } from '@/lib/client/api/query-provider';
import { getConfig } from '@/lib/server/config/config';

export const metadata: Metadata = { title: 'Set up a wall' };

/** Where walls are made: what one shows, how it looks, and the link that lets a screen in. */
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
