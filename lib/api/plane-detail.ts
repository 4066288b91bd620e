import { z } from '@/lib/zod';
import { fleetPlaneSchema } from './fleet';

/** `GET /api/planes/<plural>/[<namespace>/]<name>`: one plane with its spec, secrets masked. */
export const planeDetailSchema = z.object({
  serverTime: z.string(),
  plane: fleetPlaneSchema,
  /** Without `last-applied-configuration`. */
  annotations: z.record(z.string(), z.string()),
  finalizers: z.array(z.string()),
  /** The spec with every secret replaced by a mask; null when the resource has none. */
  spec: z.unknown(),
  /** Paths of what was masked, such as `['spec','kubernetesCluster','credentials','clientKey']`. */
  masked: z.array(z.array(z.union([z.string(), z.number()])).readonly()),
  /** The object as the API server has it, as YAML: without managedFields and last-applied, secrets masked. */
  yaml: z.string(),
});
export type PlaneDetail = z.infer<typeof planeDetailSchema>;
