import { RE2JS } from 're2js';
import type { PatternMatcher } from './pattern';

/** Longer texts and patterns are left to the API server. */
const MAX_TEXT_LENGTH = 4096;
const MAX_PATTERN_LENGTH = 1024;
/** The pattern's instructions, which repetitions such as `{30}` multiply, times the text's length: less than a second. */
const MAX_STEPS = 500_000;
/** The patterns of a schema are few. The limit keeps a server from collecting those of every CRD version. */
const MAX_COMPILED = 200;

/** By pattern; null for one that the engine can't parse. */
const compiled = new Map<string, RE2JS | null>();

/**
 * Matches a pattern as the API server does: with RE2, whose time is linear in the text. The engine of JavaScript
 * backtracks, so a pattern such as `^(a|aa)+$` could take it minutes. Loaded only where a schema has such patterns,
 * because the engine is large.
 */
export const matchesPattern: PatternMatcher = (pattern, text) => {
  if (text.length > MAX_TEXT_LENGTH || pattern.length > MAX_PATTERN_LENGTH) return true;
  const expression = expressionOf(pattern);
  if (expression === null || expression.programSize() * text.length > MAX_STEPS) return true;
  return expression.matcher(text).find();
};

function expressionOf(pattern: string): RE2JS | null {
  const known = compiled.get(pattern);
  if (known !== undefined) return known;
  const expression = parsed(pattern);
  if (compiled.size >= MAX_COMPILED) compiled.clear();
  compiled.set(pattern, expression);
  return expression;
}

function parsed(pattern: string): RE2JS | null {
  try {
    return RE2JS.compile(pattern);
  } catch {
    return null;
  }
}
