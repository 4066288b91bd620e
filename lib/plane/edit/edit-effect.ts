import type { CaCheck } from '@/lib/plane/credentials/ca-check';
import type { JsonPath } from '@/lib/plane/json/json-path';
import type { CredentialPurpose } from '@/lib/plane/model/credential-purpose';
import type { ObjectRef } from '@/lib/plane/model/object-ref';
import type { Plane } from '@/lib/plane/model/plane';
import type { ObservabilityTarget, Referrer } from '@/lib/plane/related/related-resources';

/** A key of a Secret that a plane refers to. */
export interface NamedKey {
  readonly namespace: string;
  readonly name: string;
  readonly key: string;
}

/** How an edit changes what verifies the plane's agents. */
export type CaChange =
  /** Everything that was accepted still is. */
  | { readonly state: 'compatible' }
  /** Some or all of the certificates that can be read are gone. */
  | { readonly state: 'dropped'; readonly dropped: number; readonly of: number }
  /** No CA is set. */
  | { readonly state: 'removed' }
  | { readonly state: 'missing'; readonly secret: NamedKey; readonly keyOnly: boolean }
  /** The old or the new one can't be read with the caller's permissions. */
  | { readonly state: 'unknown'; readonly secret: NamedKey };

/** How an edit changes what the control plane uses to reach the cluster directly. */
export interface AccessChange {
  /** What is replaced or removed. */
  readonly changed: readonly { readonly purpose: CredentialPurpose; readonly isRemoved: boolean }[];
  /** What it signs in with after the edit. */
  readonly signInAfter: readonly CredentialPurpose[];
}

/** One state of the edited plane, and what it refers to. */
export interface EditSide {
  readonly plane: Plane;
  /** The other planes with its planeID in its role, as far as the caller sees them. */
  readonly siblings: readonly ObjectRef[];
  readonly observability: ObservabilityTarget;
  /** The API server that the control plane calls without an agent; null: none. */
  readonly apiServerUrl: string | null;
}

/** Everything that the consequences of an edit depend on. */
export interface EditEffect {
  readonly before: EditSide;
  readonly after: EditSide;
  /** How many agents are known to be connected before the edit; null: not known. */
  readonly connectedAgents: number | null;
  /**
   * The planeID from before the change that the plane's connection ended after, as its page names it; null: none.
   * `wasConnected`: whether an agent was connected with it; null: not known.
   */
  readonly lostPlaneId: { readonly planeID: string; readonly wasConnected: boolean | null } | null;
  readonly ca: CaChange;
  readonly caCheck: CaCheck;
  /** Changed fields of the gateway settings. */
  readonly gatewayPaths: readonly JsonPath[];
  /** Credentials other than the agent's CA that the edit makes refer to a missing Secret or key. */
  readonly missingSecrets: readonly (NamedKey & { readonly label: string; readonly keyOnly: boolean })[];
  readonly access: AccessChange;
  /** Environments, workflows and planes that use the plane. */
  readonly referrers: readonly Referrer[];
  /** Kinds whose objects couldn't be listed, or not all of them. */
  readonly referrersUnknown: readonly string[];
}
