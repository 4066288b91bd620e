import 'server-only';
import { type ProblemCode, problemSchema } from '@/lib/api/problem';
import { problemKind } from '@/lib/server/http/problem';
import { type JsonSchema, jsonSchemaOf, namedJsonSchemas } from './json-schemas';
import { API_AREAS, type ApiAnswer, type ApiOperation, type ApiParameter } from './operation';
import { API_OPERATIONS } from './operations';
import { SECURITY_SCHEMES, securityOf } from './security-schemes';

const DESCRIPTION = `Planeboard's API: the planes of an OpenChoreo installation, their health, and changes to them.

You see and may do what the API server allows you. Times are RFC 3339 on the API server's clock. Writes must have the content type
\`application/json\`. Every \`GET\` except streams can also be requested as \`HEAD\`. Errors are \`application/problem+json\` (RFC 9457): texts may
change, \`code\` doesn't. Later releases may add fields to answers, codes and frames to streams, so ignore what you don't know.`;

/** Returns the OpenAPI 3.1 document of the API. */
export function openApiDocument() {
  return {
    openapi: '3.1.1',
    info: { title: 'Planeboard', version: '1', description: DESCRIPTION },
    servers: [{ url: '/' }],
    tags: API_AREAS.map((name) => ({ name })),
    paths: pathsOf(API_OPERATIONS),
    components: { schemas: namedJsonSchemas(), securitySchemes: SECURITY_SCHEMES },
  };
}

function pathsOf(operations: readonly ApiOperation[]): Record<string, Record<string, object>> {
  const paths: Record<string, Record<string, object>> = {};
  for (const operation of operations) {
    const methods = paths[operation.path] ?? {};
    methods[operation.method.toLowerCase()] = operationObject(operation);
    paths[operation.path] = methods;
  }
  return paths;
}

function operationObject(operation: ApiOperation) {
  const { id, area, summary, description, parameters = [], request, answers, problems } = operation;
  return {
    operationId: id,
    tags: [area],
    summary,
    ...(description === undefined ? {} : { description }),
    security: securityOf(operation),
    ...(parameters.length === 0 ? {} : { parameters: parameters.map(parameterObject) }),
    ...(request === undefined ? {} : { requestBody: bodyObject(request) }),
    responses: {
      ...Object.fromEntries(answers.map((answer) => [answer.status, answerObject(answer)])),
      ...problemObjects(problems),
    },
  };
}

function parameterObject({ isRequired, schema, example, ...rest }: ApiParameter) {
  return {
    ...rest,
    required: isRequired === true || rest.in === 'path',
    schema: schema === undefined ? { type: 'string' } : jsonSchemaOf(schema, 'input'),
    ...(example === undefined ? {} : { example }),
  };
}

function bodyObject({ schema, example }: NonNullable<ApiOperation['request']>) {
  return {
    required: true,
    content: { 'application/json': { schema: jsonSchemaOf(schema, 'input'), example } },
  };
}

function answerObject({ description, body }: ApiAnswer): { description: string; content?: object } {
  switch (body?.type) {
    case undefined:
      return { description };
    case 'json':
      return {
        description,
        content: { 'application/json': { schema: jsonSchemaOf(body.schema, 'output') } },
      };
    case 'text':
      return { description, content: { 'text/plain': { schema: { type: 'string' } } } };
    case 'events':
      return { description, content: { 'text/event-stream': { schema: streamSchema(body.frames) } } };
  }
}

/**
 * OpenAPI 3.1 knows no streams, so the body is a text. `oneOf` in its `contentSchema` describes one frame: the name of the
 * event and, decoded, its data.
 */
function streamSchema(frames: Extract<ApiAnswer['body'], { type: 'events' }>['frames']): JsonSchema {
  return {
    type: 'string',
    description: `Frames of server-sent events, with JSON in \`data\`: ${Object.keys(frames)
      .map((name) => `\`${name}\``)
      .join(', ')}.`,
    contentMediaType: 'text/event-stream',
    contentSchema: {
      oneOf: Object.entries(frames).map(([event, schema]) => ({
        type: 'object',
        properties: {
          event: { const: event },
          id: { type: 'string' },
          data: {
            type: 'string',
            contentMediaType: 'application/json',
            contentSchema: jsonSchemaOf(schema, 'output'),
          },
        },
        required: ['event', 'data'],
      })),
    },
  };
}

/** Returns one response for each status, which may have one of its codes. */
function problemObjects(codes: readonly ProblemCode[]): Record<string, object> {
  const kinds = [...new Set(codes)].map((code) => ({ code, ...problemKind(code) }));
  const statuses = [...new Set(kinds.map(({ status }) => status))];
  return Object.fromEntries(
    statuses.map((status) => {
      const ofStatus = kinds.filter((kind) => kind.status === status);
      const schema = problemJsonSchema(ofStatus.map(({ code }) => code));
      return [
        status,
        {
          description: ofStatus.map(({ code, title }) => `\`${code}\`: ${title}.`).join(' '),
          content: { 'application/problem+json': { schema } },
        },
      ];
    }),
  );
}

function problemJsonSchema(codes: readonly ProblemCode[]): JsonSchema {
  return { ...jsonSchemaOf(problemSchema, 'output'), properties: { code: { enum: codes } } };
}
