'use client';

import { createContext, type ReactNode, useContext } from 'react';
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
  value,
  children,
}: {
  readonly value: PlanePageSettings;
  readonly children: ReactNode;
}) {
  return <PlanePageContext value={value}>{children}</PlanePageContext>;
}

/** The settings of this plane's page. @throws Error outside a plane's page */
export function usePlanePage(): PlanePageSettings {
  const value = useContext(PlanePageContext);
  if (!value) throw new Error('usePlanePage needs a PlanePageProvider above it.');
  return value;
}
