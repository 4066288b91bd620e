import { accessSchema } from '@/lib/plane/model/access';
import { objectRefSchema } from '@/lib/plane/model/object-ref';
import { planeKindSchema } from '@/lib/plane/model/plane';
import { z } from '@/lib/zod';

/** A warning about the request; `path` is its place in the draft, empty when it has none. */
const registrationWarningSchema = z.object({
  path: z.array(z.union([z.string(), z.number()])),
  message: z.string(),
});
export type RegistrationWarning = z.infer<typeof registrationWarningSchema>;

/** `POST /api/registrations?dryRun=true|false`; the body is a `Draft`. */
export const registrationAnswerSchema = z.object({
  /** `checked`: nothing was written. `adopted`: an earlier attempt of this registration had already written it. */
  outcome: z.enum(['checked', 'created', 'adopted']),
  plane: z.object({
    plural: planeKindSchema.shape.plural,
    namespace: z.string().optional(),
    name: z.string(),
    /** Absent for a dry run. */
    uid: z.string().optional(),
  }),
  objects: z.array(
    objectRefSchema.extend({
      outcome: z.enum(['would-create', 'created', 'adopted']),
      /**
       * The fields that the API server has not, or would not have, as requested, such as `["data", "ca.crt"]`. Admission
       * policies and webhooks may drop or change them.
       */
      notStored: z.array(z.array(z.string())),
    }),
  ),
  warnings: z.array(registrationWarningSchema),
});
export type RegistrationAnswer = z.infer<typeof registrationAnswerSchema>;

/** What a failed registration left behind; the `registration` of a problem. */
export const registrationRemainsSchema = z.object({
  /** Written by this attempt and removed again. */
  removed: z.array(objectRefSchema),
  /** Written and not removed, because the API server didn't allow it. */
  left: z.array(objectRefSchema),
  /** Objects that may exist: the API server's answer was lost. */
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
  /**
   * `configured`: Planeboard shows only some namespaces, and these are returned. Others may exist and, if the caller may not
   * list namespaces, some of these may not. `not-visible`: the caller may not list namespaces and has to type one.
   */
  state: z.enum(['listed', 'configured', 'not-visible']),
  /** Whether any namespace carries the organisation label; if none does, `organisation` says nothing. */
  organisationsKnown: z.boolean(),
  namespaces: z.array(
    z.object({
      name: z.string(),
      organisation: z.boolean(),
      /**
       * The right to create planes of the requested kind. For a cluster kind, `allowed` says nothing about the
       * namespace.
       */
      createPlane: accessSchema,
      createSecret: accessSchema,
    }),
  ),
});
export type RegistrationNamespaces = z.infer<typeof registrationNamespacesSchema>;

/**
 * `GET /api/registrations/secrets?namespace=acme[&name=agent-ca]`: names, and the keys of the named Secret; never a
 * value.
 */
export const registrationSecretsSchema = z.object({
  state: z.enum(['listed', 'not-visible']),
  secrets: z.array(
    z.object({
      name: z.string(),
      /** Only when requested by name. */
      keys: z.array(z.string()).optional(),
      /** What it was created for and which planes use it, as far as known; only when requested by name. */
      usage: z
        .object({
          /**
           * The plane that Planeboard created it for, such as `dataplanes/acme/prod`; absent if Planeboard didn't
           * create it.
           */
          createdFor: z.string().optional(),
          /** The id of the draft that it was written for. */
          registration: z.string().optional(),
          /** The planes that refer to it and that the caller may see. */
          usedBy: z.array(objectRefSchema),
        })
        .optional(),
    }),
  ),
});
export type RegistrationSecrets = z.infer<typeof registrationSecretsSchema>;
