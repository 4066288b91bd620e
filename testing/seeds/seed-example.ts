import type { Release } from '@/demo/crds/profiles';
import type { JsonObject } from '@/lib/plane/json/json';
import type { PlaneKindName } from '@/lib/plane/model/kinds';

/** Real material that stands where a published example has a placeholder such as `LS0tLS1CRUdJTi...`. */
export const PLACEHOLDERS = ['ca', 'client-certificate', 'client-key'] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];

/** One example of OpenChoreo's published references of its plane kinds, as it must come out of the wizard. */
export interface SeedExample {
  /** The reference that it stands in. */
  readonly reference: string;
  /** Its heading there. */
  readonly title: string;
  /** The profile that has the fields of that reference. */
  readonly release: Release;
  readonly kind: PlaneKindName;
  readonly namespace?: string;
  readonly name: string;
  /** Field by field. A text `<pem:ca>` or `<base64:ca>` stands for real material of that sort. */
  readonly spec: JsonObject;
  /** A Secret that the example creates beside the plane. */
  readonly newSecret?: { readonly namespace: string; readonly name: string; readonly key: string };
}
