import 'server-only';
import { stringify } from 'yaml';
import type { ApiReference, DescribedBody, DescribedOperation } from '@/lib/api/api-reference';
import { problemKind } from '@/lib/server/http/problem';
import { processSlot } from '@/lib/server/process/process-slot';
import { curlExample } from './curl-example';
import { namedJsonSchemas, schemaName } from './json-schemas';
import { API_AREAS, type ApiAnswer, type ApiOperation } from './operation';
import { API_OPERATIONS } from './operations';

/** Returns the API as its page shows it. It's the same for everyone, and made once. */
export function apiReference(): ApiReference {
  return processSlot('api-reference', () => ({
    areas: API_AREAS.map((name) => ({ name, operations: operationsOf(name) })),
    schemas: Object.entries(namedJsonSchemas())
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, schema]) => ({
        name,
        yaml: stringify(schema, { aliasDuplicateObjects: false }).trimEnd(),
      })),
  }));
}

function operationsOf(area: string): DescribedOperation[] {
  const ofArea = API_OPERATIONS.filter((operation) => operation.area === area);
  const ids = new Set(ofArea.map(({ id }) => id));
  // Operations on planes are there twice, and differ in the path alone.
  return ofArea
    .filter(({ id }) => !(id.includes('ClusterPlane') && ids.has(id.replace('ClusterPlane', 'Plane'))))
    .map((operation) => {
      const twin = ofArea.find(
        ({ id }) => id !== operation.id && id.replace('ClusterPlane', 'Plane') === operation.id,
      );
      return described(operation, twin);
    });
}

function described(operation: ApiOperation, twin: ApiOperation | undefined): DescribedOperation {
  const {
    id,
    method,
    path,
    summary,
    description = null,
    parameters = [],
    request,
    answers,
    problems,
  } = operation;
  return {
    id,
    method,
    paths: [path, ...(twin ? [twin.path] : [])],
    summary,
    description,
    parameters: parameters.map((one) => ({
      name: one.name,
      place: one.in,
      isRequired: one.isRequired === true || one.in === 'path',
      description: one.description,
    })),
    request: request
      ? { mediaType: 'application/json', schemas: [{ name: schemaName(request.schema, 'input') }] }
      : null,
    answers: answers.map((answer) => ({
      status: answer.status,
      description: answer.description,
      body: answerBody(answer),
    })),
    problems: [...new Set(problems)].map((code) => ({ code, ...problemKind(code) })),
    example: curlExample(operation),
  };
}

function answerBody({ body }: ApiAnswer): DescribedBody | null {
  switch (body?.type) {
    case undefined:
      return null;
    case 'json':
      return { mediaType: 'application/json', schemas: [{ name: schemaName(body.schema, 'output') }] };
    case 'text':
      return { mediaType: 'text/plain', schemas: [] };
    case 'events':
      return {
        mediaType: 'text/event-stream',
        schemas: Object.entries(body.frames).map(([frame, schema]) => ({
          frame,
          name: schemaName(schema, 'output'),
        })),
      };
  }
}
