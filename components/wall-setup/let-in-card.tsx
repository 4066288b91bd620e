'use client';

import { Card } from '@/components/ui/card';
import { type WallAddress, wallUrl } from '@/lib/plane/wall/wall-address';
import { AddressField } from './address-field';

/** How a screen that has its link already is made to show something else. */
export function LetInCard({ origin, address }: { readonly origin: string; readonly address: WallAddress }) {
  return (
    <Card title="A screen that is let in already">
      <AddressField
        label="Address without a link"
        help="Open it on the screen to have it show what is chosen here. It shows nothing that the screen's own link does not let it show."
        address={wallUrl(origin, address)}
        copyLabel="Copy the address"
      />
    </Card>
  );
}
