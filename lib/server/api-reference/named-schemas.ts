import 'server-only';
import { clusterGatewaySchema } from '@/lib/api/agent-setup';
import { caAccessSchema } from '@/lib/api/ca-access';
import { catalogSchema } from '@/lib/api/catalog';
import { certificateListSchema } from '@/lib/api/certificate-list';
import * as credentials from '@/lib/api/credentials';
import { planeDeletionAnswerSchema, planeDeletionSchema } from '@/lib/api/deletion';
import { planeEditAnswerSchema, planeEditRequestSchema } from '@/lib/api/edit';
import * as fleet from '@/lib/api/fleet';
import { historyAnswerSchema } from '@/lib/api/history';
import { leftoverDeletionSchema, leftoversSchema } from '@/lib/api/leftovers';
import { problemSchema } from '@/lib/api/problem';
import { readinessSchema } from '@/lib/api/readiness';
import { refreshAnswerSchema } from '@/lib/api/refresh';
import * as registration from '@/lib/api/registration';
import {
  planeEventsFrameSchema,
  planeEventsKeepaliveSchema,
  relatedResourcesAnswerSchema,
} from '@/lib/api/related';
import { replacementsAnswerSchema, settlementAnswerSchema, settlementSchema } from '@/lib/api/replacements';
import { rightsAnswerSchema, sessionAnswerSchema } from '@/lib/api/session';
import { newWallTokenSchema, wallTokenAnswerSchema, wallTokensSchema } from '@/lib/api/wall';
import { controlPlaneSchema } from '@/lib/plane/health/gateway-certificates';
import { healthSchema, incidentSchema } from '@/lib/plane/health/health';
import { healthLimitsSchema, planeFactsSchema } from '@/lib/plane/health/health-facts';
import { jsonObjectSchema, jsonSchema } from '@/lib/plane/json/json-schema';
import { draftRequestSchema } from '@/lib/plane/registration/draft';
import { relatedResourcesSchema } from '@/lib/plane/related/related-resources';
import { schemaNodeSchema } from '@/lib/plane/schema/schema-node';
import type { z } from '@/lib/zod';

/** The schemas of answers that have a name of their own. Those that contain themselves need one. */
export const ANSWER_SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  ApiServer: fleet.apiServerSchema,
  CaAccess: caAccessSchema,
  CertificateList: certificateListSchema,
  Catalog: catalogSchema,
  CertificateInspection: credentials.inspectionAnswerSchema,
  ClusterGateway: clusterGatewaySchema,
  ControlPlane: controlPlaneSchema,
  CredentialReplacementAnswer: credentials.credentialReplacementAnswerSchema,
  FleetChanges: fleet.fleetChangesSchema,
  FleetSnapshot: fleet.fleetSnapshotSchema,
  Health: healthSchema,
  HealthLimits: healthLimitsSchema,
  HiddenAnnotation: fleet.hiddenAnnotationSchema,
  Incident: incidentSchema,
  Keepalive: fleet.keepaliveSchema,
  Leftovers: leftoversSchema,
  Plane: fleet.fleetSnapshotSchema.shape.planes.element,
  PlaneDeletionAnswer: planeDeletionAnswerSchema,
  PlaneDetail: fleet.planeDetailSchema,
  PlaneEditAnswer: planeEditAnswerSchema,
  PlaneEvents: planeEventsFrameSchema,
  PlaneEventsKeepalive: planeEventsKeepaliveSchema,
  PlaneFacts: planeFactsSchema,
  PlaneHistory: historyAnswerSchema,
  PlaneRelated: relatedResourcesAnswerSchema,
  PlaneReplacements: replacementsAnswerSchema,
  Problem: problemSchema,
  Readiness: readinessSchema,
  RefreshAnswer: refreshAnswerSchema,
  RegistrationAnswer: registration.registrationAnswerSchema,
  RegistrationKinds: registration.registrationKindsSchema,
  RegistrationNamespaces: registration.registrationNamespacesSchema,
  RegistrationRemains: registration.registrationRemainsSchema,
  RegistrationSecrets: registration.registrationSecretsSchema,
  RelatedResources: relatedResourcesSchema,
  Rights: rightsAnswerSchema,
  SchemaNode: schemaNodeSchema,
  Session: sessionAnswerSchema,
  SettlementAnswer: settlementAnswerSchema,
  Source: fleet.sourceSchema,
  WallLinkAnswer: wallTokenAnswerSchema,
  WallLinks: wallTokensSchema,
};

/** The same for requests. */
export const REQUEST_SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  CertificateInspectionRequest: credentials.inspectionRequestSchema,
  CredentialReplacement: credentials.credentialReplacementSchema,
  Json: jsonSchema,
  JsonObject: jsonObjectSchema,
  LeftoverDeletion: leftoverDeletionSchema,
  PlaneDeletion: planeDeletionSchema,
  PlaneEdit: planeEditRequestSchema,
  Registration: draftRequestSchema,
  Settlement: settlementSchema,
  WallLink: newWallTokenSchema,
};
