import { type CommandRule, isPassword, isTypedSecret, rulesOf, unquoted } from './command-rules';
import { secretCertainty } from './secret-names';

type RulesOf = (word: string) => readonly CommandRule[] | undefined;

/** A longer command line isn't a person's. */
const MAX_ARGUMENTS = 48;
/** As many arguments as a rule by positions needs, with the options between them. */
const MAX_POSITIONS = 8;
/** Ends the arguments of a command. */
const NEXT_COMMAND: ReadonlySet<string> = new Set(['|', '||', '&', '&&', ';']);
const READS_STDIN = /^(?:--(?:password|pass|token)-stdin|--with-token|chpasswd)$/;

/** Between the arguments of a command line that is a list of JSON or YAML. */
const LIST_SEPARATOR = /["']\s{0,8},\s{0,8}["']|\n[ \t]{0,64}-[ \t]{1,8}/g;

/** How many subcommands of a named command were found, and where its arguments end at the latest. */
interface Progress {
  readonly found: number;
  readonly until: number;
}

/**
 * Returns whether a text has a command line with a password: in an option that the command defines, in an option with
 * the name of a secret and its value as the next word, or as the input of a command.
 *
 * @param rules returns the rules of a command
 */
export function hasCommandSecret(text: string, rules: RulesOf = rulesOf): boolean {
  return text
    .replace(/\\\r?\n/g, ' ')
    .replace(LIST_SEPARATOR, ' ')
    .split(/[\r\n]+/)
    .some((line) => isSecretLine(line.split(/\s+/), rules));
}

function isSecretLine(line: readonly string[], rules: RulesOf): boolean {
  const words = line.map(unquoted);
  const open = new Map<CommandRule, Progress>();
  return words.some((word, index) => {
    if (isSecretOption(line[index] ?? '', words[index + 1] ?? '')) return true;
    if (READS_STDIN.test(word)) return isInput(line, words, index);
    if (NEXT_COMMAND.has(line[index] ?? '')) open.clear();
    for (const [rule, progress] of open) if (isSecretArgument(rule, progress, index)) return true;
    return (rules(word) ?? []).some((rule) => {
      const found = open.get(rule)?.found ?? 0;
      open.set(rule, { found, until: index + MAX_ARGUMENTS });
      return rule.subcommands.length === 0 && isSecretPosition(rule, index);
    });
  });

  /** Looks at each argument once for each rule, however often the line names the command. */
  function isSecretArgument(rule: CommandRule, { found, until }: Progress, index: number): boolean {
    const word = words[index] ?? '';
    const { subcommands } = rule;
    if (index > until) {
      open.delete(rule);
      return false;
    }
    if (found === subcommands.length && rule.argument?.(word, words[index + 1] ?? '')) return true;
    const isNextFound = word === subcommands[found];
    if (isNextFound) open.set(rule, { found: found + 1, until });
    const isAfterLast = subcommands.length > 0 && word === subcommands.at(-1);
    return isAfterLast && found + Number(isNextFound) === subcommands.length && isSecretPosition(rule, index);
  }

  function isSecretPosition(rule: CommandRule, index: number): boolean {
    return rule.position?.(words.slice(index + 1, argumentsEnd(line, index + 1))) ?? false;
  }
}

/** Returns the position after the last argument that a rule by positions needs. */
function argumentsEnd(line: readonly string[], start: number): number {
  const limit = Math.min(line.length, start + MAX_POSITIONS);
  for (let index = start; index < limit; index += 1) if (NEXT_COMMAND.has(line[index] ?? '')) return index;
  return limit;
}

/**
 * Returns whether a secret is written to the input of the command with an option at a position:
 * `echo hunter | docker login --password-stdin`, `<<< hunter`.
 */
function isInput(line: readonly string[], words: readonly string[], position: number): boolean {
  const start = Math.max(0, position - MAX_ARGUMENTS);
  const before = line.slice(start, position);
  const echo = before.findIndex((word) => /(?:^|\W)(?:echo|printf)$/.test(word));
  const pipe = before.indexOf('|', echo);
  if (echo >= 0 && pipe >= 0 && words.slice(start + echo + 1, start + pipe).some(isPassword)) return true;
  const [here = '', next = ''] = line.slice(position + 1, position + 3);
  return here.startsWith('<<<') && isPassword(unquoted(here.slice(3) || next));
}

/** An option such as `--api-token`, of any command. */
function isSecretOption(word: string, next: string): boolean {
  if (!/^["'`([{]{0,4}--?[A-Za-z][\w-]{2,64},?$/.test(word)) return false;
  return secretCertainty(word) !== null && isTypedSecret(next);
}
