import type { Json } from '@/lib/plane/json/json';
import { parseTimeMs } from '@/lib/plane/time/age';
import { hostProblem, urlProblem } from './address-problems';
import { fieldKind, isApiServer } from './field-kind';
import { type PatternMatcher, patternProblem } from './pattern';
import type { SchemaNode } from './schema-node';

type Path = readonly (string | number)[];

/**
 * Returns the problem with the value of one filled-in field as a sentence, or null. Checks leaves only: groups, lists
 * and maps are walked by the check of the whole draft.
 *
 * @param path within the spec; hosts, URLs and ports are recognised by name
 */
export function valueProblem(
  node: SchemaNode,
  path: Path,
  value: Json,
  matchesPattern: PatternMatcher,
): string | null {
  switch (node.type) {
    case 'boolean':
      return typeof value === 'boolean' ? null : 'Choose yes or no.';
    case 'integer':
    case 'number':
      return numberProblem(node, path, value);
    case 'string':
      return typeof value === 'string' ? textProblem(node, path, value, matchesPattern) : 'Expected text.';
    default:
      return null;
  }
}

function numberProblem(node: SchemaNode, path: Path, value: Json): string | null {
  const number = typeof value === 'string' ? numberOf(value) : value;
  const whole = node.type === 'integer';
  const isPort = isPortName(path);
  const minimum = node.minimum ?? (isPort ? 1 : lowest(node));
  const maximum = node.maximum ?? (isPort ? MAX_PORT : highest(node));
  const meant = isPort ? 'A port is a whole number' : whole ? 'Enter a whole number' : 'Enter a number';
  const bounds = boundsText(
    minimum,
    maximum,
    node.minimum !== undefined || isPort,
    node.maximum !== undefined || isPort,
  );
  if (typeof number !== 'bigint' && (typeof number !== 'number' || !Number.isFinite(number)))
    return `${meant}${bounds}.`;
  if (whole && typeof number === 'number' && !Number.isInteger(number)) return `${meant}${bounds}.`;
  if (number < minimum || number > maximum) return `${meant}${boundsText(minimum, maximum, true, true)}.`;
  return null;
}

const MAX_PORT = 65535;

function isPortName(path: Path): boolean {
  return /(^p|P)ort$/.test(String(path.findLast((segment) => typeof segment === 'string') ?? ''));
}

function lowest({ type, format }: SchemaNode): number | bigint {
  if (format === 'int32') return -(2 ** 31);
  return type === 'integer' ? -(2n ** 63n) : Number.NEGATIVE_INFINITY;
}

function highest({ type, format }: SchemaNode): number | bigint {
  if (format === 'int32') return 2 ** 31 - 1;
  return type === 'integer' ? 2n ** 63n - 1n : Number.POSITIVE_INFINITY;
}

function boundsText(minimum: number | bigint, maximum: number | bigint, low: boolean, high: boolean): string {
  if (low && high) return ` from ${minimum} to ${maximum}`;
  if (low) return `, at least ${minimum}`;
  return high ? `, at most ${maximum}` : '';
}

function textProblem(
  node: SchemaNode,
  path: Path,
  value: string,
  matchesPattern: PatternMatcher,
): string | null {
  const kind = fieldKind(node, path);
  const text = kind === 'host' || kind === 'url' || isPlaneID(path) ? value.trim() : value;
  if (kind === 'choice' && !node.enum?.includes(text)) return `Allowed values: ${node.enum?.join(', ')}.`;
  const known = knownProblem(kind, node, path, text, matchesPattern);
  if (known !== null) return known;
  const length = [...text].length;
  if (node.maxLength !== undefined && length > node.maxLength) {
    return `Use at most ${node.maxLength} characters; this has ${length}.`;
  }
  if (node.minLength !== undefined && length < node.minLength) {
    return `Use at least ${node.minLength} characters; this has ${length}.`;
  }
  if (node.pattern !== undefined && !matchesPattern(node.pattern, text)) return patternProblem(node.pattern);
  if (node.format === 'date-time' && parseTimeMs(text) === null) {
    return 'Enter a time, such as 2026-03-10T12:00:00Z.';
  }
  return null;
}

function knownProblem(
  kind: string,
  node: SchemaNode,
  path: Path,
  text: string,
  matchesPattern: PatternMatcher,
): string | null {
  if (kind === 'host') {
    const wildcard =
      node.pattern !== undefined && text.startsWith('*.') && matchesPattern(node.pattern, text);
    return hostProblem(text, wildcard);
  }
  if (kind === 'url')
    return urlProblem(text, schemesOf(path)) ?? (isApiServer(path) ? queryProblem(text) : null);
  if (path.join('.') === 'registry.prefix') return registryProblem(text);
  return null;
}

/** Clients append their paths to an API server's address. */
function queryProblem(text: string): string | null {
  return /[?#]/.test(text)
    ? "Remove everything from the ? or # on. An API server's address has neither query nor fragment."
    : null;
}

/** The schemes of URLs that releases define: those of web services. Null for an unknown field, which may take any. */
function schemesOf(path: Path): readonly string[] | null {
  if (isApiServer(path)) return ['https'];
  return KNOWN_WEB_URL.test(path.join('.')) ? ['https', 'http'] : null;
}

const KNOWN_WEB_URL = /^(observer\.url|observerURL|rcaAgentURL|finOpsAgentURL)$/;

function registryProblem(text: string): string | null {
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.exec(text)?.[0];
  if (scheme) return `Remove ${scheme} and enter only the host and path, such as docker.io/myorg.`;
  if (/\s/.test(text)) return "A registry prefix can't contain spaces.";
  if (text.endsWith('/')) return 'Remove the trailing slash.';
  return /[A-Z]/.test(text) ? `Use only lowercase letters, such as ${text.toLowerCase()}.` : null;
}

function isPlaneID(path: Path): boolean {
  return path.length === 1 && path[0] === 'planeID';
}

/** Parses a number; an integer beyond 2^53 becomes a bigint. Returns undefined for any other text. */
export function numberOf(text: string): number | bigint | undefined {
  const trimmed = text.trim();
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(trimmed)) return undefined;
  const number = Number(trimmed);
  const integer = /^\+?(-?\d+)(?:\.0*)?$/.exec(trimmed)?.[1];
  if (integer !== undefined && !Number.isSafeInteger(number)) return BigInt(integer);
  return Number.isFinite(number) ? number : undefined;
}
