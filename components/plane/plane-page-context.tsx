'use client';

import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { useKindFeatures } from '@/lib/client/api/use-kind-features';
import type { KindFeatures } from '@/lib/plane/model/kind-features';

/** What a plane's page needs to know besides the plane. */
export interface PlanePageSettings {
  /** Whether this installation of Planeboard is read-only. */
  readonly readOnly: boolean;
  /** The features of the plane's kind, from the schema that is served now. */
  readonly features: KindFeatures;
  /** The namespace of OpenChoreo's own components. */
  readonly controlPlaneNamespace: string;
}

const PlanePageContext = createContext<PlanePageSettings | null>(null);

export function PlanePageProvider({
  plural,
  rendered,
  children,
}: {
  readonly plural: string;
  /** The settings as the server rendered them. It may not have read the kind's schema yet. */
  readonly rendered: PlanePageSettings;
  readonly children: ReactNode;
}) {
  const features = useKindFeatures(plural, rendered.features);
  const value = useMemo(() => ({ ...rendered, features }), [rendered, features]);
  return <PlanePageContext value={value}>{children}</PlanePageContext>;
}

/** The settings of this plane's page. @throws Error outside a plane's page */
export function usePlanePage(): PlanePageSettings {
  const value = useContext(PlanePageContext);
  if (!value) throw new Error('usePlanePage needs a PlanePageProvider above it.');
  return value;
}
