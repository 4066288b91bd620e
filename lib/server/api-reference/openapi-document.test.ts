import Ajv2020 from 'ajv/dist/2020';
import { describe, expect, test } from 'vitest';
import { problemSchema } from '@/lib/api/problem';
import { ProblemError, problemResponse } from '@/lib/server/http/problem';
import { openApiDocument } from './openapi-document';
import { API_OPERATIONS } from './operations';

const document = JSON.parse(JSON.stringify(openApiDocument())) as ReturnType<typeof openApiDocument>;
const { schemas } = document.components;
const ajv = new Ajv2020({ strict: false, validateFormats: false });
ajv.addSchema(document, 'openapi');

/** Returns every value below a value that has one of the keys. */
function valuesOf(value: unknown, key: string): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, child]) => [
    ...(name === key ? [child] : []),
    ...valuesOf(child, key),
  ]);
}

interface Described {
  readonly security: readonly object[];
  readonly responses: Readonly<Record<string, { readonly description: string }>>;
  readonly requestBody: {
    readonly content: { readonly 'application/json': { readonly schema: { readonly $ref: string } } };
  };
}

function describedAt(method: string, path: string): Described {
  const operation = document.paths[path]?.[method.toLowerCase()];
  if (!operation) throw new Error(`There is no ${method} ${path}.`);
  return operation as Described;
}

const compiled = (name: string) => ajv.compile({ $ref: `openapi#/components/schemas/${name}` });

describe('the OpenAPI document', () => {
  test.each(Object.keys(schemas))('%s is a valid JSON Schema', (name) => {
    expect(ajv.validateSchema(schemas[name] ?? false)).toBe(true);
    expect(() => compiled(name)).not.toThrow();
  });

  test('refers to nothing that it lacks', () => {
    const names = valuesOf(document, '$ref').map((ref) => String(ref).replace('#/components/schemas/', ''));
    expect(names.length).toBeGreaterThan(100);
    expect(names.filter((name) => !Object.hasOwn(schemas, name))).toEqual([]);
  });

  test('uses each named schema', () => {
    const used = new Set(valuesOf(document, '$ref').map(String));
    const names = Object.keys(schemas).map((name) => `#/components/schemas/${name}`);
    expect(names.filter((name) => !used.has(name))).toEqual([]);
  });

  test('has every operation with a security requirement, a success and problems', () => {
    for (const { path, method, isPublic } of API_OPERATIONS) {
      const operation = describedAt(method, path);
      expect(operation.security.length > 0).toBe(isPublic !== true);
      const statuses = Object.keys(operation.responses);
      expect(statuses.some((status) => status.startsWith('2'))).toBe(true);
      expect(statuses.includes('401')).toBe(isPublic !== true);
      expect(Object.values(operation.responses).every(({ description }) => description !== '')).toBe(true);
    }
  });

  test('requires a CSRF value for writes with a session, and none with a token', () => {
    const { security } = describedAt('POST', '/api/registrations');
    expect(security).toEqual([{ bearer: [] }, { session: [], csrf: [] }]);
  });

  test('allows fields in answers that later releases add, and none in requests that change something', () => {
    const problem = compiled('Problem');
    expect(problem({ type: 'x', title: 'x', status: 404, code: 'not-found', later: true })).toBe(true);
    const edit = compiled('PlaneEdit');
    expect(edit({ resourceVersion: '1', changes: { spec: { any: [1, null, { a: 'x' }] } } })).toBe(true);
    expect(edit({ resourceVersion: '1', changes: {}, later: true })).toBe(false);
    expect(edit({ resourceVersion: '1', changes: { later: true } })).toBe(false);
    expect(edit({ changes: {} })).toBe(false);
  });

  test('describes a problem as routes answer it', async () => {
    const answer: unknown = await problemResponse(
      new ProblemError('conflict', 'x', { errors: [{ path: ['a', 1], message: 'x' }] }),
    ).json();
    expect(problemSchema.parse(answer)).toEqual(answer);
    expect(compiled('Problem')(answer)).toBe(true);
  });

  test('accepts each example of a request', () => {
    for (const { path, method, request } of API_OPERATIONS) {
      if (!request) continue;
      const { requestBody } = describedAt(method, path);
      const { $ref } = requestBody.content['application/json'].schema;
      const validate = ajv.compile({ $ref: `openapi${$ref}` });
      expect([path, validate(request.example), validate.errors]).toEqual([path, true, null]);
    }
  });
});
