import { isValueField, namedBeside } from './named-value';
import { isPlainValue, isPlainWord, looksRandom } from './plain-value';
import { type Certainty, secretCertainty } from './secret-names';

/**
 * A separator with the name before it: `password=`, `"password":`, `the password is`. It begins with the separator and
 * looks back, so that the search doesn't start again at each character of a long word.
 */
const NAMED_SEPARATOR =
  /(?:[:=]|\s(?:is|was|set to|changed to):?\s)(?<=(?<lineStart>(?:^|\n)[ \t]{0,64}(?:- )?["']?)?(?<before>[?&;#])?(?<name>(?:[\w-]{1,32}(?: \(?|\[["']?))?[\w.-]{1,64})(?<closing>[[\])"'`*\\]{0,4})[ \t]{0,8}[+?]?(?:[:=]|\s(?:is|was|set to|changed to):?\s))/g;
/** `{{ template }}` or `<your password>`. */
const TEMPLATE = /[ \t]{0,8}["']?(?:\{\{|<[\w .-]{1,64}>)/y;
/** What is between the separator and the value, which may be on the next line or in `{"value": ...}`. */
const BEFORE_VALUE =
  /[=>]?\*{0,2}[ \t]{0,8}(?:[|>][+-]?\d?[ \t]{0,8})?(?:!{1,2}\w{0,32}[ \t]{1,8}|&\w{1,32}[ \t]{1,8})?(?<newLine>(?:\n[ \t]{0,64}){1,4}(?:- )?)?(?:[bru]{1,2}(?=["'])|\[\](?:string|byte)\{)?(?<open>(?:\\{0,3}["'`]|\*|[([]|\{\s{0,8}){0,4})(?:value\\{0,3}["']?:\s{0,8}(?:\\{0,3}["'])?)?/y;
const VALUE = /[^\s"'`,;\\&<]{0,128}/y;
const KEY_END = /\\{0,3}["']?[ \t]{0,8}:/y;
/** The end of the line, or the next setting, after a word and after several words in quotes. */
const END = '[\\])},.;]{0,4}[ \\t]{0,8}(?:#|\\r?\\n|$|[\\w.-]{1,64}[ \\t]{0,8}[:=])';
const WORD_END = new RegExp(`\\\\{0,3}["'\`]?${END}`, 'y');
const QUOTED_END = new RegExp(`[^"'\`\\n\\\\]{0,128}\\\\{0,3}["'\`]${END}`, 'y');
/** The last word of a secret's name. */
const SECRET_NOUN = /(?:pass|pw|key|secret|token|cred|pat)/i;
/** A shorter word of a sentence isn't a secret. */
const MIN_LENGTH = 6;

/** The API server's words before the value that it rejects. */
const REJECTED = /[ \t]?(?:(?:Invalid|Unsupported|Duplicate) value:|Not found:(?= "))/y;
/** Says after a word that it names a Secret. */
const SECRET_AFTER = /["']?[ \t]\(Secret\)/y;

interface Value {
  readonly word: string;
  /** The position after the word. */
  readonly end: number;
  readonly isQuoted: boolean;
  /** Directly after the separator. */
  readonly isAttached: boolean;
  readonly isOnNextLine: boolean;
  /** The line ends after the value, or the next setting follows. */
  readonly isLast: boolean;
}

/**
 * Returns whether a text gives a secret after its name, whatever separates and quotes them: in a setting, an option, a
 * field of JSON or YAML, or a sentence. Takes linear time: it looks at a limited part around each separator.
 */
export function statesSecret(text: string): boolean {
  for (const match of text.matchAll(NAMED_SEPARATOR)) if (isSecretAfter(text, match)) return true;
  return false;
}

/** Returns whether a field or an annotation holds a secret, by its name and its value. */
export function isSecretSetting(name: string, value: string): boolean {
  const certainty = secretCertainty(name);
  const [word = ''] = value.trim().split(/\s/, 1);
  if (certainty === null || isPlainValue(word) || isCount(name, word)) return false;
  return certainty !== 'possible' || looksRandom(word);
}

function isSecretAfter(text: string, match: RegExpExecArray): boolean {
  const found = match.groups?.name ?? '';
  const name = isValueField(found) ? namedBeside(text, match) : settingName(found);
  const certainty = secretCertainty(name);
  if (certainty === null) return false;
  const start = match.index + match[0].length;
  const rejected = matchAt(REJECTED, text, start);
  const value = valueAt(text, start + (rejected?.[0].length ?? 0));
  if (value !== null && rejected)
    return !isPlainValue(value.word) && (certainty !== 'possible' || looksRandom(value.word));
  if (value === null || isNameOfSecret(text, value) || isPlainAfter(match[0], name, value.word)) return false;
  return isSecretValue(match, name, certainty, value);
}

/**
 * Returns the name that a separator belongs to, of two words before it: the second word, or both for `API key`. In
 * `password rotation: weekly`, the first word isn't part of a setting's name.
 */
function settingName(words: string): string {
  const [, last = ''] = /^[\w-]+ ([\w.-]+)$/.exec(words) ?? [];
  return last !== '' && !SECRET_NOUN.test(last) ? last : words;
}

function isSecretValue(match: RegExpExecArray, name: string, certainty: Certainty, value: Value): boolean {
  const { lineStart, before = '', closing = '' } = match.groups ?? {};
  const { word } = value;
  switch (match[0]) {
    case '=':
      if (value.isOnNextLine) return false;
      return (
        certainty === 'certain' ||
        (certainty === 'likely' && value.isQuoted) ||
        isExplicit(name, before) ||
        looksRandom(word)
      );
    case ':': {
      if (certainty === 'possible') return looksRandom(word);
      if (value.isQuoted && /["']/.test(closing)) return true;
      if (lineStart !== undefined && !name.includes(' ') && value.isLast) return true;
      if (
        certainty === 'certain' &&
        (value.isAttached || (value.isLast && (value.isQuoted || word.length >= MIN_LENGTH)))
      )
        return true;
      return word.length >= MIN_LENGTH && /\d/.test(word);
    }
    default:
      // A state, with a digit at most: `token is invalid2`.
      if (certainty === 'likely' && isPlainWord(word.replace(/\d$/, ''))) return false;
      // After a verb, a word with a hyphen mostly describes the secret.
      return (
        looksRandom(word) || (certainty !== 'possible' && /^(?=\D*\d)(?=\P{L}*\p{L})[^-/]{6}/u.test(word))
      );
  }
}

/**
 * Returns whether the name is an option, a parameter of a URL or an environment variable, whose values aren't states.
 * `auth` mostly sets a method.
 */
function isExplicit(name: string, before: string): boolean {
  const word = name.split(' ').at(-1) ?? '';
  if (/auth$/i.test(word)) return false;
  return /[?&;#]/.test(before) || word.startsWith('-') || /^[A-Z\d_]+$/.test(word);
}

/** Returns whether a word isn't the secret whose name is before the separator. */
function isPlainAfter(separator: string, name: string, word: string): boolean {
  if (isCount(name, word)) return true;
  // The shell's working directory, which has the name of a password.
  if (separator === '=' && !/(?:^| )PWD$/.test(name)) return isPlainValue(word);
  return isPlainWord(word);
}

/** Returns whether a number is the count of passed checks: `pass=3`. */
function isCount(name: string, word: string): boolean {
  return /\bpass(?:e[sd])?$/i.test(name) && /^\d+$/.test(word);
}

/** Returns whether a word is said to be the name of a Secret: `client-secret=oidc-client (Secret) not found`. */
function isNameOfSecret(text: string, { word, end }: Value): boolean {
  return /^[a-z]+(?:-[a-z\d]+)+$/.test(word) && matchAt(SECRET_AFTER, text, end) !== null;
}

function valueAt(text: string, start: number): Value | null {
  if (matchAt(TEMPLATE, text, start)) return null;
  const { 0: prefix = '', groups: { newLine, open = '' } = {} } = matchAt(BEFORE_VALUE, text, start) ?? {};
  const from = start + prefix.length;
  const [word = ''] = matchAt(VALUE, text, from) ?? [];
  const end = from + word.length;
  const isOnNextLine = newLine !== undefined;
  // A group of fields, not a value.
  if ((isOnNextLine || open.includes('{')) && (word.endsWith(':') || matchAt(KEY_END, text, end)))
    return null;
  const isQuoted = /["'`]$/.test(prefix);
  return {
    word,
    end,
    isQuoted,
    isAttached: !/^\*{0,2}\s/.test(prefix),
    isOnNextLine,
    isLast: matchAt(WORD_END, text, end) !== null || (isQuoted && matchAt(QUOTED_END, text, end) !== null),
  };
}

function matchAt(sticky: RegExp, text: string, index: number): RegExpExecArray | null {
  sticky.lastIndex = index;
  return sticky.exec(text);
}
