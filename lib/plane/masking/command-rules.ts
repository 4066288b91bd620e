import { isPlainValue, isPlainWord, looksRandom } from './plain-value';
import { secretCertainty } from './secret-names';

/** A rule about one argument of a command and the next one. It's applied to each argument once. */
type ArgumentCheck = (argument: string, next: string) => boolean;
/** A rule about the few arguments that follow a command by their positions. */
type PositionCheck = (args: readonly string[]) => boolean;

export interface CommandRule {
  /** The words that must follow the command, in this order and with others between them: `create secret`. */
  readonly subcommands: readonly string[];
  readonly argument?: ArgumentCheck;
  readonly position?: PositionCheck;
}

/** An option with the password in the same word or in the next one: `-phunter`, `-p hunter`. */
const option =
  (...names: string[]): ArgumentCheck =>
  (argument, next) =>
    names.some((name) => isPassword(optionValue(name, argument, next)));
/** An option with a user and the password: `-u admin:hunter`, `-U admin%hunter`. */
const userOption =
  (...names: string[]): ArgumentCheck =>
  (argument, next) =>
    names.some((name) => isUserPassword(optionValue(name, argument, next)));
/** The options of curl, of which those of one letter may be written together: `-sSu admin:hunter`. */
const curl: ArgumentCheck = (argument, next) => {
  const [, letters = '', letter, attached = ''] =
    /^-([a-zA-Z#]{0,8}?)([uUb])(.{0,128})$/.exec(argument) ?? [];
  const value = attached === '' ? next : unquoted(attached);
  if (letter === undefined || letters.startsWith('-')) return false;
  return letter === 'b' ? isCookie(value) : isUserPassword(value);
};
const cookieOption: ArgumentCheck = (argument, next) => isCookie(optionValue('--cookie', argument, next));
/** `key=value`, where every value is a secret. */
const pair: ArgumentCheck = (argument) => {
  const separator = argument.startsWith('-') ? -1 : argument.indexOf('=');
  return separator > 0 && !isPlainValue(argument.slice(separator + 1));
};
const literal: ArgumentCheck = (argument, next) => pair(optionValue('--from-literal', argument, next), '');
/** The name of a secret and its value: `aws configure set aws_secret_access_key wJal`. */
const named: ArgumentCheck = (argument, next) => {
  if (argument.startsWith('-') || !isPassword(next)) return false;
  const certainty = secretCertainty(argument);
  return certainty !== null && (certainty !== 'possible' || looksRandom(next));
};
const oracleLogin: ArgumentCheck = (argument) => /^[\w.-]{1,64}\/[^\s/@]{1,64}@/.test(argument);
/** The first or a later argument that is no option. */
const at =
  (index: number): PositionCheck =>
  (args) =>
    isPassword(args.filter((arg) => !arg.startsWith('-'))[index] ?? '');
const token: PositionCheck = (args) => isTypedSecret(args.find((arg) => !arg.startsWith('-')) ?? '');
/** The file, the user and the password; without the file with `-n`. */
const htpasswd: PositionCheck = (args) =>
  args.some((arg) => /^-[a-zA-Z]*b/.test(arg)) && at(args.some((arg) => /^-\w*n/.test(arg)) ? 1 : 2)(args);

const argument = (check: ArgumentCheck, ...subcommands: string[]): CommandRule => ({
  subcommands,
  argument: check,
});
const position = (check: PositionCheck, ...subcommands: string[]): CommandRule => ({
  subcommands,
  position: check,
});

const RULES: readonly (readonly [commands: string, ...CommandRule[]])[] = [
  ['docker podman nerdctl buildah skopeo crane oras regctl helm cosign', argument(option('-p'), 'login')],
  ['az oc argocd cf ibmcloud rancher', argument(option('-p'), 'login')],
  [
    'mysql mysqldump mysqladmin mariadb mariadb-dump mongo mongosh mongodump mongorestore',
    argument(option('-p')),
  ],
  ['sshpass cqlsh cypher-shell 7z 7za', argument(option('-p'))],
  ['sqlcmd bcp ipmitool mosquitto_pub mosquitto_sub zip unzip', argument(option('-P'))],
  ['redis-cli', argument(option('-a')), position(at(0), 'AUTH'), position(at(0), 'auth')],
  ['ldapsearch ldapadd ldapmodify ldapdelete ldapwhoami ldappasswd', argument(option('-w'))],
  ['snmpget snmpwalk', argument(option('-A', '-X'))],
  ['curl', argument(userOption('--user', '--proxy-user')), argument(curl), argument(cookieOption)],
  ['smbclient rpcclient', argument(userOption('-U', '--user'))],
  ['http https xh', argument(userOption('-a', '--auth'))],
  ['etcdctl', argument(userOption('--user'))],
  ['htpasswd', position(htpasswd)],
  ['vault', position(token, 'login'), position(token, 'unseal'), argument(pair, 'put')],
  ['kubectl oc', argument(literal, 'create', 'secret')],
  ['rabbitmqctl', position(at(1), 'add_user'), position(at(1), 'change_password')],
  ['mc', position(at(3), 'alias', 'set')],
  ['sqlplus', argument(oracleLogin)],
  [
    'aws npm yarn pnpm pip git gcloud poetry composer bundle',
    argument(named, 'set'),
    argument(named, 'config'),
  ],
];
const COMMANDS = new Map<string, CommandRule[]>();
for (const [commands, ...rules] of RULES)
  for (const command of commands.split(' '))
    COMMANDS.set(command, [...(COMMANDS.get(command) ?? []), ...rules]);

/** Returns the rules of the command that a word ends with, such as `/usr/bin/mysql`. */
export function rulesOf(word: string): readonly CommandRule[] | undefined {
  if (COMMANDS.has(word)) return COMMANDS.get(word);
  return COMMANDS.get(/[\w-]{1,32}$/.exec(word.slice(-64))?.[0] ?? '');
}

/** Returns the value of an option that an argument gives, or that the next argument is; empty for any other. */
function optionValue(name: string, argument: string, next: string): string {
  if (!argument.startsWith(name)) return '';
  return argument.length === name.length ? next : unquoted(argument.slice(name.length).replace(/^=/, ''));
}

/** Returns whether a value is `user:password` or `user%password`, and the password isn't a placeholder. */
function isUserPassword(value: string): boolean {
  const [, password = ''] = /^[^:%]{1,64}[:%]([^/\s].{0,128})/.exec(value) ?? [];
  return !isPlainValue(password);
}

function isCookie(value: string): boolean {
  return !isPlainValue(/^[\w.-]{1,64}=(.{1,128})/.exec(value)?.[1] ?? '');
}

/** Returns a word of a command line without the quotes, brackets and commas around it. */
export function unquoted(word: string): string {
  return word.replace(/^["'`([{]{1,4}/, '').replace(/["'`);,\]}]{1,4}$/, '');
}

/** Returns whether a word in the place of a password is one, and not the next option or a short word of a sentence. */
export function isPassword(word: string): boolean {
  return word.length >= 4 && !word.startsWith('-') && !isPlainWord(word);
}

/** Returns whether a word can't be part of a sentence about an option. */
export function isTypedSecret(word: string): boolean {
  return word.length >= 6 && isPassword(word) && /\d|[a-z][A-Z]|[A-Z]{2}.*[a-z]{2}|[!#$%^&*+=]/.test(word);
}
