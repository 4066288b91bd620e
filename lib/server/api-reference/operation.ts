import 'server-only';
import type { ProblemCode } from '@/lib/api/problem';
import type { z } from '@/lib/zod';

/** The parts of the API, in the order in which the reference shows them. */
export const API_AREAS = ['Planes', 'Registration', 'Catalog', 'Wall links', 'Caller', 'Server'] as const;
export type ApiArea = (typeof API_AREAS)[number];

export type ApiMethod = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/** A parameter in the path, the query or a header. Those in the path are always required. */
export interface ApiParameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly description: string;
  readonly isRequired?: boolean;
  /** Default: a text. */
  readonly schema?: z.ZodType;
  readonly example?: string;
}

/** A successful answer: JSON with a schema, frames of a stream by their names, a text, or nothing. */
export interface ApiAnswer {
  readonly status: 200 | 201 | 204;
  readonly description: string;
  readonly body?:
    | { readonly type: 'json'; readonly schema: z.ZodType }
    | { readonly type: 'events'; readonly frames: Readonly<Record<string, z.ZodType>> }
    | { readonly type: 'text' };
}

/** One method of one path. */
export interface ApiOperation {
  /** Names the function in generated clients. */
  readonly id: string;
  readonly area: ApiArea;
  readonly method: ApiMethod;
  readonly path: `/${string}`;
  /** One sentence. */
  readonly summary: string;
  /** What else a program needs to know. */
  readonly description?: string;
  readonly parameters?: readonly ApiParameter[];
  readonly request?: { readonly schema: z.ZodType; readonly example: unknown };
  readonly answers: readonly ApiAnswer[];
  readonly problems: readonly ProblemCode[];
  /** Whether it answers everyone, without a credential. */
  readonly isPublic?: boolean;
}

/** Ways in which every request that takes a credential can fail. */
const ANY_PROBLEMS = [
  'bad-request',
  'unauthenticated',
  'renewal-due',
  'forbidden',
  'unknown-host',
  'rate-limited',
  'api-server-unreachable',
  'api-server-error',
  'sign-in-unavailable',
  'internal',
] as const satisfies readonly ProblemCode[];

/** Ways in which every request with a body can fail as well. */
const BODY_PROBLEMS = [
  'cross-origin',
  'csrf',
  'unsupported-media-type',
  'length-required',
  'too-large',
  'invalid-field',
] as const satisfies readonly ProblemCode[];

/** Returns the codes of a request that reads: the common ones and its own. */
export function readProblems(...own: readonly ProblemCode[]): readonly ProblemCode[] {
  return [...ANY_PROBLEMS, ...own];
}

/** Returns the codes of a request with a body that changes nothing. */
export function bodyProblems(...own: readonly ProblemCode[]): readonly ProblemCode[] {
  return [...ANY_PROBLEMS, ...BODY_PROBLEMS, ...own];
}

/** Returns the codes of a request that writes. */
export function writeProblems(...own: readonly ProblemCode[]): readonly ProblemCode[] {
  return bodyProblems('read-only', 'not-audited', ...own);
}

/** Returns the answer that is JSON of a schema. */
export function jsonAnswer(description: string, schema: z.ZodType, status: 200 | 201 = 200): ApiAnswer {
  return { status, description, body: { type: 'json', schema } };
}
