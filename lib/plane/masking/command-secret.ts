import { isPlainValue, isPlainWord, looksRandom } from './plain-value';
import { secretCertainty } from './secret-names';

/** Returns whether the arguments of a command contain a password. */
type Rule = (args: readonly string[]) => boolean;

/** An option with the password in the same word or in the next one: `-phunter`, `-p hunter`. */
const option =
  (...names: string[]): Rule =>
  (args) =>
    optionValues(args, names).some(isPassword);
/** An option with a user and the password: `-u admin:hunter`, `-U admin%hunter`. */
const userOption =
  (...names: string[]): Rule =>
  (args) =>
    optionValues(args, names).some((value) => /^[^:%]{1,64}[:%][^/\s]/.test(value));
/** The rule applies after a word: `docker login`. */
const after =
  (word: string, rule: Rule): Rule =>
  (args) =>
    args.includes(word) && rule(args.slice(args.indexOf(word) + 1));
const anyOf =
  (...rules: Rule[]): Rule =>
  (args) =>
    rules.some((rule) => rule(args));
/** The first or a later argument that is no option. */
const argument =
  (index: number): Rule =>
  (args) =>
    isPassword(args.filter((arg) => !arg.startsWith('-'))[index] ?? '');
const token: Rule = (args) => isTypedSecret(args.find((arg) => !arg.startsWith('-')) ?? '');
/** `key=value`, where every value is a secret. */
const pairs: Rule = (args) =>
  args.some((arg) => !isPlainValue(/^(?!-)(?:[^=]{1,128}=)(.*)/.exec(arg)?.[1] ?? ''));
const literal: Rule = (args) => pairs(optionValues(args, ['--from-literal']));
/** The name of a secret and its value: `aws configure set aws_secret_access_key wJal`. */
const namedArgument: Rule = (args) =>
  args.some((arg, index) => {
    const certainty = arg.startsWith('-') ? null : secretCertainty(arg);
    const value = args[index + 1] ?? '';
    return certainty !== null && (certainty === 'possible' ? looksRandom(value) : isPassword(value));
  });
/** The file, the user and the password; without the file with `-n`. */
const htpasswd: Rule = (args) =>
  args.some((arg) => /^-[a-zA-Z]*b/.test(arg)) &&
  argument(args.some((arg) => /^-\w*n/.test(arg)) ? 1 : 2)(args);

const RULES: readonly (readonly [commands: string, Rule])[] = [
  ['docker podman nerdctl buildah skopeo crane oras regctl helm cosign', after('login', option('-p'))],
  ['az oc argocd cf ibmcloud rancher', after('login', option('-p'))],
  ['mysql mysqldump mysqladmin mariadb mariadb-dump mongo mongosh mongodump mongorestore', option('-p')],
  ['sshpass cqlsh cypher-shell 7z 7za', option('-p')],
  ['sqlcmd bcp ipmitool mosquitto_pub mosquitto_sub zip unzip', option('-P')],
  ['redis-cli', anyOf(option('-a'), after('AUTH', argument(0)), after('auth', argument(0)))],
  ['ldapsearch ldapadd ldapmodify ldapdelete ldapwhoami ldappasswd', option('-w')],
  ['snmpget snmpwalk', option('-A', '-X')],
  ['curl', userOption('-u', '--user', '-U', '--proxy-user')],
  ['smbclient rpcclient', userOption('-U', '--user')],
  ['http https xh', userOption('-a', '--auth')],
  ['etcdctl', userOption('--user')],
  ['htpasswd', htpasswd],
  ['vault', anyOf(after('login', token), after('unseal', token), after('put', pairs))],
  ['kubectl oc', after('create', after('secret', literal))],
  ['rabbitmqctl', anyOf(after('add_user', argument(1)), after('change_password', argument(1)))],
  ['mc', after('alias', after('set', argument(3)))],
  ['sqlplus', (args) => args.some((arg) => /^[\w.-]{1,64}\/[^\s/@]{1,64}@/.test(arg))],
  [
    'aws npm yarn pnpm pip git gcloud poetry composer bundle',
    anyOf(after('set', namedArgument), after('config', namedArgument)),
  ],
];
const COMMANDS = new Map<string, Rule[]>();
for (const [commands, rule] of RULES)
  for (const command of commands.split(' ')) COMMANDS.set(command, [...(COMMANDS.get(command) ?? []), rule]);

/** A longer command line isn't a person's. The limit makes the search linear when a command's name is repeated. */
const MAX_ARGUMENTS = 48;
/** Ends the arguments of a command. */
const NEXT_COMMAND: ReadonlySet<string> = new Set(['|', '||', '&', '&&', ';']);
const READS_STDIN = /^(?:--(?:password|pass|token)-stdin|--with-token|chpasswd)$/;

/**
 * Returns whether a text has a command line with a password: in an option that the command defines, in an option with
 * the name of a secret and its value as the next word, or as the input of a command.
 */
export function hasCommandSecret(text: string): boolean {
  return text
    .replace(/\\\r?\n/g, ' ')
    .split(/[\r\n]+/)
    .some((line) => isSecretLine(line.split(/\s+/)));
}

function isSecretLine(line: readonly string[]): boolean {
  const words = line.map(unquoted);
  return line.some((raw, index) => {
    if (isSecretOption(raw, words[index + 1] ?? '')) return true;
    if (READS_STDIN.test(words[index] ?? '')) return isInput(line, words, index);
    const rules = COMMANDS.get(/[\w-]{1,32}$/.exec((words[index] ?? '').slice(-64))?.[0] ?? '');
    if (rules === undefined) return false;
    const args = words.slice(index + 1, argumentsEnd(line, index + 1));
    return rules.some((rule) => rule(args));
  });
}

/** Returns the position after the last argument of a command. */
function argumentsEnd(line: readonly string[], start: number): number {
  const limit = Math.min(line.length, start + MAX_ARGUMENTS);
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
  if (!/^["'`(]?--?[A-Za-z][\w-]{2,64}$/.test(word)) return false;
  return secretCertainty(word) !== null && isTypedSecret(next);
}

function optionValues(args: readonly string[], names: readonly string[]): string[] {
  return args.flatMap((arg, index) =>
    names.flatMap((name) => {
      if (arg === name) return [args[index + 1] ?? ''];
      return arg.startsWith(name) ? [unquoted(arg.slice(name.length).replace(/^=/, ''))] : [];
    }),
  );
}

function unquoted(word: string): string {
  return word.replace(/^["'`(]{1,4}/, '').replace(/["'`);,]{1,4}$/, '');
}

/** Returns whether a word in the place of a password is one, and not the next option or a short word of a sentence. */
function isPassword(word: string): boolean {
  return word.length >= 4 && !word.startsWith('-') && !isPlainWord(word);
}

/** Returns whether a word can't be part of a sentence about an option. */
function isTypedSecret(word: string): boolean {
  return word.length >= 6 && isPassword(word) && /\d|[a-z][A-Z]|[A-Z]{2}.*[a-z]{2}|[!#$%^&*+=]/.test(word);
}
