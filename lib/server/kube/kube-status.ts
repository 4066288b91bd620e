import 'server-only';
import { looksSecret, MAX_SEARCHED_LENGTH } from '@/lib/plane/masking/secret-text';
import { z } from '@/lib/zod';

const MAX_CAUSES = 50;
const MAX_MESSAGE_CHARACTERS = 2000;
/** Replaces a text of the API server, or of a webhook or a proxy in front of it. */
export const LEFT_OUT = "The API server's message contains a secret, so it isn't shown.";

const causeSchema = z.object({
  reason: z.string().optional(),
  message: z.string().optional(),
  field: z.string().optional(),
});
const statusSchema = z.object({
  kind: z.literal('Status'),
  apiVersion: z.literal('v1'),
  message: z.string().optional(),
  reason: z.string().optional(),
  details: z
    .object({
      name: z.string().optional(),
      kind: z.string().optional(),
      causes: z.array(causeSchema).nullish(),
    })
    .nullish(),
});

/** One field that the API server rejects. */
export interface StatusCause {
  readonly reason?: string;
  readonly message?: string;
  /** As the API server writes it: `spec.gateway.port`. */
  readonly field?: string;
}

/** The part of a Kubernetes Status object that explains what went wrong. */
export interface KubeStatus {
  readonly message?: string;
  readonly reason?: string;
  readonly details?: {
    readonly name?: string;
    readonly kind?: string;
    readonly causes?: readonly StatusCause[];
  };
}

/**
 * Reads a Status object; null when it is none. Its texts are bounded, and the values that it quotes are removed: a
 * rejected field may be a key or a password, and the person who typed it sees it anyway. A text that looks like a secret
 * otherwise is left out.
 */
export function readKubeStatus(body: unknown): KubeStatus | null {
  const read = statusSchema.safeParse(body).data;
  if (!read) return null;
  const { message, reason, details } = read;
  return {
    ...text('message', message),
    ...(reason === undefined ? {} : { reason }),
    ...(details
      ? {
          details: {
            ...(details.name === undefined ? {} : { name: details.name }),
            ...(details.kind === undefined ? {} : { kind: details.kind }),
            causes: (details.causes ?? []).slice(0, MAX_CAUSES).map((cause) => ({
              ...(cause.reason === undefined ? {} : { reason: cause.reason }),
              ...text('message', cause.message),
              ...(cause.field === undefined ? {} : { field: cause.field }),
            })),
          },
        }
      : {}),
  };
}

function text<K extends string>(key: K, value: string | undefined): Partial<Record<K, string>> {
  if (value === undefined) return {};
  return { [key]: shownText(withoutEchoedValues(value), MAX_MESSAGE_CHARACTERS) } as Record<K, string>;
}

function shownText(text: string, maxCharacters: number): string {
  const searched = text.slice(0, MAX_SEARCHED_LENGTH);
  return looksSecret(searched) ? LEFT_OUT : searched.slice(0, maxCharacters);
}

/** `Too long: may not be more than 262144 bytes` quotes no value. */
const ECHO =
  /(?:Invalid value|Unsupported value|Duplicate value|Not found|Too long|Too many): (?!may not be more than \d+ bytes)/g;

/**
 * Turns `spec.a: Invalid value: "hunter2": must be longer` into `spec.a: must be longer`. Kubernetes writes the value
 * as a quoted text, as JSON, or bare. It ends where the next colon begins the reason.
 */
export function withoutEchoedValues(message: string): string {
  let result = '';
  let from = 0;
  for (const match of message.matchAll(ECHO)) {
    const valueAt = match.index + match[0].length;
    // Inside a value that is already removed.
    if (match.index < from) continue;
    const end = endOfValue(message, valueAt);
    const hasReason = message.startsWith(': ', end);
    // With a reason the label adds nothing; without one it is the only explanation.
    result += message.slice(from, hasReason ? match.index : valueAt - 2);
    from = hasReason ? end + 2 : end;
  }
  return result + message.slice(from);
}

/**
 * Returns the position after the value that begins at `start`. An unterminated value extends to the end of the text.
 */
function endOfValue(message: string, start: number): number {
  const first = message[start];
  if (first === '"') return endOfQuoted(message, start);
  if (first !== '{' && first !== '[') {
    const rest = message.slice(start).search(/: |, |\]/);
    return rest === -1 ? message.length : start + rest;
  }
  let depth = 0;
  for (let at = start; at < message.length; at += 1) {
    const character = message[at];
    if (character === '"') at = endOfQuoted(message, at) - 1;
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return message.length;
}

function endOfQuoted(message: string, start: number): number {
  for (let at = start + 1; at < message.length; at += 1) {
    if (message[at] === '\\') at += 1;
    else if (message[at] === '"') return at + 1;
  }
  return message.length;
}

const MAX_WARNINGS = 20;
const MAX_WARNING_CHARACTERS = 500;
/** `299 - "text"`: code, agent, and a quoted text with escaped quotes and backslashes. */
const WARNING = /\b\d{3} \S+ "((?:[^"\\]|\\.)*)"/g;

/** Returns the texts of an answer's Warning headers (RFC 7234; Kubernetes uses code 299), in order. */
export function warningTexts(header: string | string[] | undefined): string[] {
  const line = Array.isArray(header) ? header.join(', ') : (header ?? '');
  return [...line.matchAll(WARNING)]
    .slice(0, MAX_WARNINGS)
    .map(([, text = '']) => shownText(text.replaceAll(/\\(.)/g, '$1'), MAX_WARNING_CHARACTERS));
}
