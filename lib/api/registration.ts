import { accessSchema } from '@/lib/plane/model/access';
import { objectRefSchema } from '@/lib/plane/model/object-ref';
import { planeKindSchema } from '@/lib/plane/model/plane';
import { z } from '@/lib/zod';

/** A sentence about something that was asked for; `path` is its place in the draft, empty when it has none. */
export const registrationWarningSchema = z.object({
  path: z.array(z.union([z.string(), z.number()])),
  message: z.string(),
});
export type RegistrationWarning = z.infer<typeof registrationWarningSchema>;

/** `POST /api/registrations?dryRun=true|false`; the body is a `Draft`. */
export const registrationAnswerSchema = z.object({
  /** `checked`: nothing was written. `adopted`: the same registration had been written before. */
  outcome: z.enum(['checked', 'created', 'adopted']),
  plane: z.object({
    plural: planeKindSchema.shape.plural,
    namespace: z.string().optional(),
    name: z.string(),
    /** Absent for a dry run. */
    uid: z.string().optional(),
  }),
  objects: z.array(objectRefSchema.extend({ outcome: z.enum(['would-create', 'created', 'adopted']) })),
  warnings: z.array(registrationWarningSchema),
});
export type RegistrationAnswer = z.infer<typeof registrationAnswerSchema>;

/** What a failed registration left behind; stands in the problem as `registration`. */
export const registrationRemainsSchema = z.object({
  /** Written by this attempt and removed again. */
  removed: z.array(objectRefSchema),
  /** Written and still there, since the API server did not let it be removed. */
  left: z.array(objectRefSchema),
  /** Whether it is there is not known: the API server's answer was lost. */
  unsure: z.array(objectRefSchema),
});
export type RegistrationRemains = z.infer<typeof registrationRemainsSchema>;

/** `GET /api/registrations/kinds`: whether the caller may create planes of each installed kind, anywhere. */
export const registrationKindsSchema = z.object({
  kinds: z.array(z.object({ plural: z.string(), create: accessSchema })),
});
export type RegistrationKinds = z.infer<typeof registrationKindsSchema>;

/** `GET /api/registrations/namespaces?plural=dataplanes`. */
export const registrationNamespacesSchema = z.object({
  /** `not-visible`: the caller may not list namespaces, so one has to be typed. */
  state: z.enum(['listed', 'not-visible']),
  /** Whether any namespace carries the label of an organisation; if not, no label tells which are. */
  organisationsKnown: z.boolean(),
  namespaces: z.array(
    z.object({
      name: z.string(),
      organisation: z.boolean(),
      /** Of planes of the kind asked for; `allowed` on cluster kinds says nothing about the namespace. */
      createPlane: accessSchema,
      createSecret: accessSchema,
    }),
  ),
});
export type RegistrationNamespaces = z.infer<typeof registrationNamespacesSchema>;

/** `GET /api/registrations/secrets?namespace=acme[&name=agent-ca]`: names, and of one Secret its keys; never a value. */
export const registrationSecretsSchema = z.object({
  state: z.enum(['listed', 'not-visible']),
  secrets: z.array(
    z.object({
      name: z.string(),
      /** Only when asked for by name. */
      keys: z.array(z.string()).optional(),
      /** What it was created for and which planes use it, as far as known; only when asked for by name. */
      usage: z
        .object({
          /** The plane that Planeboard created it for, as `dataplanes/acme/prod`; absent: Planeboard did not create it. */
          createdFor: z.string().optional(),
          /** The id of the draft that it was written for. */
          registration: z.string().optional(),
          /** The planes that refer to it, as far as the caller may see them. */
          usedBy: z.array(objectRefSchema),
        })
        .optional(),
    }),
  ),
});
export type RegistrationSecrets = z.infer<typeof registrationSecretsSchema>;

/** `GET /api/registrations/gateway`: what the control plane tells about its cluster gateway. */
export const registrationGatewaySchema = z.object({
  /** Where OpenChoreo's control plane runs, as configured. */
  namespace: z.string(),
  /** Candidates for `clusterAgent.serverUrl`, the likeliest first. */
  urls: z.array(
    z.object({
      url: z.string(),
      /** Where it was found, in words. */
      source: z.string(),
      /** Reachable only from inside the control plane's own cluster. */
      inCluster: z.boolean(),
    }),
  ),
  /** The certificate that agents verify the gateway with; a public fact. Null when it could not be read. */
  ca: z.object({ pem: z.string(), source: z.string() }).nullable(),
});
export type RegistrationGateway = z.infer<typeof registrationGatewaySchema>;
