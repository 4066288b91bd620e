import 'server-only';
import { isIP } from 'node:net';
import { dirname, resolve } from 'node:path';
import type { Cluster, User } from '@kubernetes/client-node';
import { isJsonObject } from '@/lib/plane/json/json';
import { z } from '@/lib/zod';
import { isHeaderText } from './header-text';
import { isJsonWebToken } from './json-web-token';
import { KubeconfigError } from './kubeconfig-error';
import { commandOf, execSchema } from './kubeconfig-exec';
import type { KubeconfigEntry } from './kubeconfig-files';
import type { TokenFile } from './token-file';

/** Headers that make requests act as another user. A header with several values is sent once per value. */
export type ImpersonationHeaders = Readonly<Record<string, string | string[]>>;

const text = z.string().nullish();
const extensions = z.unknown().optional();
const headerText = z.string().refine(isHeaderText);
/** Without the blanks around it. With nothing else in it, requests would be anonymous. */
const token = z
  .string()
  .refine((value) => value === '' || value.trim() !== '')
  .trim()
  .pipe(headerText);
/** A JSON Web Token. kubectl rejects others, and without their expiry they'd count as expired. */
const idToken = z.string().trim().refine(isJsonWebToken);
/** A domain name or an IP address. No certificate has another name. */
const serverName = z.string().refine((name) => name === '' || isIP(name) !== 0 || /^[\w.-]+$/.test(name));

const clusterSchema = z.strictObject({
  server: text,
  'certificate-authority': text,
  'certificate-authority-data': text,
  // kubectl rejects a text such as "true".
  'insecure-skip-tls-verify': z.boolean().nullish(),
  'tls-server-name': serverName.nullish(),
  'proxy-url': text,
  'disable-compression': z.boolean().nullish(),
  'api-version': z.unknown().optional(),
  extensions,
});

const userSchema = z.strictObject({
  'client-certificate': text,
  'client-certificate-data': text,
  'client-key': text,
  'client-key-data': text,
  token: token.nullish(),
  tokenFile: text,
  username: text,
  password: text,
  // kubectl has no others any more. Without an ID token, requests would be anonymous.
  'auth-provider': z
    .looseObject({ name: z.literal('oidc'), config: z.looseObject({ 'id-token': idToken }) })
    .nullish(),
  exec: execSchema.nullish(),
  as: headerText.nullish(),
  'as-uid': headerText.nullish(),
  'as-groups': z.array(headerText).nullish(),
  'as-user-extra': z
    .preprocess(mapOf, z.map(z.string(), z.array(headerText)).nullish())
    .transform((extra) => [...(extra ?? [])]),
  extensions,
});

/** Keeps the key `__proto__`, which the schema of a record drops. Anything but an object is left to the schema. */
function mapOf(value: unknown): unknown {
  return isJsonObject(value) ? new Map(Object.entries(value)) : value;
}

type UserFields = z.infer<typeof userSchema>;

/**
 * Returns a cluster of a kubeconfig. Its own data counts before a file, and relative paths refer to the kubeconfig's
 * folder.
 *
 * @throws KubeconfigError with the name of a field that Planeboard doesn't support or that has an invalid value, or when
 * fields contradict each other, as kubectl does
 */
export function clusterOf(name: string, { file, content }: KubeconfigEntry): Cluster {
  const label = `Cluster "${name}"`;
  const fields = checked(clusterSchema, content ?? {}, label);
  const hasCa = Boolean(fields['certificate-authority'] || fields['certificate-authority-data']);
  if (hasCa && fields['insecure-skip-tls-verify'] === true) {
    throw new KubeconfigError(
      `${label} in the kubeconfig has both a certificate-authority and insecure-skip-tls-verify. Remove one.`,
    );
  }
  return definedFields({
    name,
    server: (fields.server ?? '').replace(/\/+$/, ''),
    skipTLSVerify: fields['insecure-skip-tls-verify'] === true,
    caData: fields['certificate-authority-data'] || undefined,
    caFile: fields['certificate-authority-data'] ? undefined : besides(file, fields['certificate-authority']),
    tlsServerName: fields['tls-server-name'] || undefined,
    proxyUrl: fields['proxy-url'] || undefined,
  });
}

/** How a user signs in. */
export interface SignIn {
  /** Without its token if a file has it. */
  readonly user: User;
  readonly tokenFile: TokenFile | null;
  readonly impersonation: ImpersonationHeaders;
}

/**
 * Returns a user of a kubeconfig, the file with its token if it has one, and the headers for the user that it impersonates.
 *
 * @throws KubeconfigError with the name of a field that Planeboard doesn't support or that has an invalid value: a field
 * that is ignored could mean more rights than intended
 */
export function userOf(name: string, { file, content }: KubeconfigEntry): SignIn {
  const label = `User "${name}"`;
  const fields = checked(userSchema, content ?? {}, label);
  const { exec, 'auth-provider': authProvider, username, password } = fields;
  const has = (name: 'client-certificate' | 'client-key') => Boolean(fields[name] || fields[`${name}-data`]);
  const hasToken = Boolean(fields.token || fields.tokenFile);
  if (hasToken && username) throw severalWays(label, 'token and username');
  // Without its other half, each would be ignored, and the requests could be anonymous.
  if (password && !username) throw halfOf(label, 'a password without its user', 'username');
  if (has('client-certificate') && !has('client-key'))
    throw halfOf(label, 'a client certificate without its key', 'client-key-data or client-key');
  if (has('client-key') && !has('client-certificate'))
    throw halfOf(
      label,
      'a client key without its certificate',
      'client-certificate-data or client-certificate',
    );
  const contained = [
    ...(hasToken ? ['token'] : []),
    ...(username ? ['username'] : []),
    ...(has('client-certificate') ? ['client-certificate'] : []),
  ];
  // The API server would see one of two users.
  const [besidesProvider] = [...contained, ...(exec ? ['exec'] : [])];
  if (authProvider && besidesProvider !== undefined)
    throw severalWays(label, `${besidesProvider} and auth-provider`);
  // Like kubectl, use what the file contains before what a program would answer.
  const usesProgram = contained.length === 0;
  const token = fields.token || undefined;
  const tokenFile = besides(file, fields.tokenFile);
  const user = definedFields({
    name,
    certData: fields['client-certificate-data'] || undefined,
    certFile: fields['client-certificate-data'] ? undefined : besides(file, fields['client-certificate']),
    keyData: fields['client-key-data'] || undefined,
    keyFile: fields['client-key-data'] ? undefined : besides(file, fields['client-key']),
    token: tokenFile === undefined ? token : undefined,
    username: username || undefined,
    password: username ? (password ?? '') : undefined,
    exec: usesProgram && exec ? { ...exec, command: commandOf(file, exec.command) } : undefined,
    authProvider: authProvider ?? undefined,
  });
  return {
    user,
    tokenFile: tokenFile === undefined ? null : definedFields({ path: tokenFile, token }),
    impersonation: impersonationOf(fields, label),
  };
}

function severalWays(label: string, ways: string): KubeconfigError {
  return new KubeconfigError(`${label} in the kubeconfig has several ways to sign in (${ways}). Keep one.`);
}

function halfOf(label: string, half: string, missing: string): KubeconfigError {
  return new KubeconfigError(`${label} in the kubeconfig has ${half}. Add ${missing}.`);
}

function impersonationOf(fields: UserFields, label: string): ImpersonationHeaders {
  const { as, 'as-uid': uid, 'as-groups': groups, 'as-user-extra': extra } = fields;
  const hasMore = uid || (groups?.length ?? 0) > 0 || extra.length > 0;
  if (!as) {
    if (!hasMore) return {};
    throw new KubeconfigError(
      `${label} in the kubeconfig has as-uid, as-groups or as-user-extra without as. Add the user to impersonate.`,
    );
  }
  return {
    'Impersonate-User': as,
    ...(uid ? { 'Impersonate-Uid': uid } : {}),
    ...(groups && groups.length > 0 ? { 'Impersonate-Group': groups } : {}),
    ...Object.fromEntries(
      extra
        .filter(([, values]) => values.length > 0)
        .map(([key, values]) => [`Impersonate-Extra-${escapedHeaderName(key)}`, values]),
    ),
  };
}

/** Escapes what a header's name can't contain, as client-go does. */
function escapedHeaderName(key: string): string {
  return [...Buffer.from(key, 'utf8')]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      return /[A-Za-z0-9!#$&'*+.^_`|~-]/.test(character)
        ? character
        : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
}

/** Parses the fields of a used entry. */
function checked<T>(schema: z.ZodType<T>, content: unknown, label: string): T {
  const read = schema.safeParse(content);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const path = [...(issue?.path ?? [])];
  const unknownField = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const field = [...path, ...(unknownField === undefined ? [] : [unknownField])].join('.');
  throw new KubeconfigError(
    unknownField === undefined
      ? `${label} in the kubeconfig has an unsupported value${field === '' ? '' : ` of ${field}`}. Correct it or remove it.`
      : `${label} in the kubeconfig has the field ${field}, which Planeboard doesn't support. Remove it or use another user.`,
  );
}

function besides(file: string, path: string | null | undefined): string | undefined {
  return path ? resolve(dirname(file), path) : undefined;
}

function definedFields<T extends object>(fields: T): { [Name in keyof T]: Exclude<T[Name], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Name in keyof T]: Exclude<T[Name], undefined>;
  };
}
