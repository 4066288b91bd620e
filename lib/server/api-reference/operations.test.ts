import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PLANE_METHODS } from '@/lib/api/plane-methods';
import { API_OPERATIONS, PRIVATE_OPERATIONS } from './operations';

const app = join(import.meta.dirname, '..', '..', '..', 'app');
/** Next answers HEAD by itself, and the last one answers only that a path has no route. */
const METHOD = /^export (?:async )?(?:function|const) (GET|POST|PUT|PATCH|DELETE)\b/gm;
const CATCH_ALL = 'api/[...path]/route.ts';
const PLANE_ROUTE = 'api/planes/[...segments]/route.ts';
const PLANE_PATHS = ['/api/planes/{plural}/{namespace}/{name}', '/api/planes/{plural}/{name}'];

function methodsOf(file: string): string[] {
  const text = readFileSync(join(app, file), 'utf8');
  return [...text.matchAll(METHOD)].map(([, method = '']) => method);
}

/** Every method of every route of the application, such as `GET /api/wall-tokens/{id}`. */
function servedOperations(): string[] {
  return globSync('**/route.ts', { cwd: app })
    .filter((file) => file !== CATCH_ALL)
    .flatMap((file) => {
      if (file === PLANE_ROUTE) return planeOperations();
      const path = `/${file.replace(/\/route\.ts$/, '').replaceAll(/\[(\w+)\]/g, '{$1}')}`;
      return methodsOf(file).map((method) => `${method} ${path}`);
    });
}

/** One file serves a plane and all its parts. */
function planeOperations(): string[] {
  return Object.entries(PLANE_METHODS).flatMap(([part, allowed]) =>
    allowed
      .split(', ')
      .filter((method) => method !== 'HEAD')
      .flatMap((method) =>
        PLANE_PATHS.map((path) => `${method} ${path}${part === 'itself' ? '' : `/${part}`}`),
      ),
  );
}

const described = API_OPERATIONS.map(({ method, path }) => `${method} ${path}`);

test('describes every operation of every route, or says why not', () => {
  const served = servedOperations();
  expect(served.length).toBeGreaterThan(50);
  expect([...described, ...Object.keys(PRIVATE_OPERATIONS)].sort()).toEqual(served.sort());
});

test("the plane's route has the methods of its parts", () => {
  const ofParts = Object.values(PLANE_METHODS).flatMap((allowed) => allowed.split(', '));
  expect(new Set([...methodsOf(PLANE_ROUTE), 'HEAD'])).toEqual(new Set(ofParts));
});

test('names each operation once', () => {
  const ids = API_OPERATIONS.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test.each(API_OPERATIONS)(
  '$id has its path parameters, and an example that its schema accepts',
  (operation) => {
    const named = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    const declared = (operation.parameters ?? []).filter((one) => one.in === 'path').map(({ name }) => name);
    expect(declared).toEqual(named);
    expect(operation.summary).toMatch(/^[A-Z].*\.$/);
    const { request } = operation;
    if (request) expect(request.schema.parse(request.example)).toEqual(request.example);
  },
);
