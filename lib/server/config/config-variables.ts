import { SECOND_MS } from '@/lib/plane/time/duration';
import 'server-only';
import { DEFAULT_LIMITS, type HealthLimits } from '@/lib/plane/health/health-facts';

/** One environment variable, as documented. The README carries the same table, and a test compares the two. */
export interface ConfigVariable {
  readonly name: string;
  /** The default as written in the environment; null: none. */
  readonly defaultText: string | null;
  readonly sentence: string;
}

/** A limit of the health rules. Its variable is in units of `unitMs` milliseconds (days stay days). */
export interface LimitVariable {
  readonly name: string;
  readonly limit: keyof HealthLimits;
  readonly unitMs: number;
  readonly sentence: string;
}

export const LIMIT_VARIABLES: readonly LimitVariable[] = [
  {
    name: 'PLANEBOARD_HEARTBEAT_FRESH_SECONDS',
    limit: 'heartbeatFreshMs',
    unitMs: SECOND_MS,
    sentence: 'Maximum age of a fresh heartbeat. An older one is late.',
  },
  {
    name: 'PLANEBOARD_HEARTBEAT_STALE_SECONDS',
    limit: 'heartbeatStaleMs',
    unitMs: SECOND_MS,
    sentence: 'A heartbeat older than this is stale, even if the status says connected.',
  },
  {
    name: 'PLANEBOARD_HEARTBEAT_SKEW_SECONDS',
    limit: 'heartbeatSkewMs',
    unitMs: SECOND_MS,
    sentence: "A heartbeat further in the future than this can't be evaluated.",
  },
  {
    name: 'PLANEBOARD_STATUS_GRACE_SECONDS',
    limit: 'statusGraceMs',
    unitMs: SECOND_MS,
    sentence: 'How long a new plane can go without a status.',
  },
  {
    name: 'PLANEBOARD_FIRST_AGENT_GRACE_SECONDS',
    limit: 'firstAgentGraceMs',
    unitMs: SECOND_MS,
    sentence: 'How long a new plane can wait for its first agent.',
  },
  {
    name: 'PLANEBOARD_DELETION_GRACE_SECONDS',
    limit: 'deletionGraceMs',
    unitMs: SECOND_MS,
    sentence: 'How long a deletion can take.',
  },
  {
    name: 'PLANEBOARD_OBSERVED_GRACE_SECONDS',
    limit: 'observedGraceMs',
    unitMs: SECOND_MS,
    sentence: 'How long a spec change can stay unobserved by the controller.',
  },
  {
    name: 'PLANEBOARD_FLAPPING_WINDOW_SECONDS',
    limit: 'flappingWindowMs',
    unitMs: SECOND_MS,
    sentence:
      "A connection that changes three times within this time degrades its plane until it's stable again.",
  },
  {
    name: 'PLANEBOARD_CONTACT_LOST_SECONDS',
    limit: 'contactLostMs',
    unitMs: SECOND_MS,
    sentence: 'Every plane is unknown after this long without contact with the API server.',
  },
  {
    name: 'PLANEBOARD_CONTROLLER_PROOF_SECONDS',
    limit: 'controllerProofMs',
    unitMs: SECOND_MS,
    sentence:
      "Where only conditions say that a plane works, it's not measured after this long without a renewal of the controller's Lease.",
  },
  {
    name: 'PLANEBOARD_INCIDENT_WINDOW_SECONDS',
    limit: 'incidentWindowMs',
    unitMs: SECOND_MS,
    sentence: 'Losses of several planes within this time of each other can be one incident.',
  },
  {
    name: 'PLANEBOARD_CERTIFICATE_WARNING_DAYS',
    limit: 'certificateWarningDays',
    unitMs: 1,
    sentence:
      'A CA that expires within this many days degrades its plane. In a CA bundle, each certificate counts.',
  },
  {
    name: 'PLANEBOARD_LEAF_WARNING_DAYS',
    limit: 'leafWarningDays',
    unitMs: 1,
    sentence: 'A pinned self-signed certificate that expires within this many days degrades its plane.',
  },
];

const OIDC_DOCUMENTATION: readonly ConfigVariable[] = [
  {
    name: 'PLANEBOARD_OIDC_ISSUER',
    defaultText: null,
    sentence:
      "The OpenID Connect provider's issuer, exactly as its ID tokens name it. Required with PLANEBOARD_AUTH=oidc.",
  },
  {
    name: 'PLANEBOARD_OIDC_CLIENT_ID',
    defaultText: null,
    sentence:
      "Planeboard's client id at the provider, and the audience that the API server accepts. Required with oidc.",
  },
  {
    name: 'PLANEBOARD_OIDC_CLIENT_SECRET',
    defaultText: null,
    sentence:
      "Planeboard's client secret at the provider. If unset: it is a public client, which PKCE protects.",
  },
  {
    name: 'PLANEBOARD_OIDC_SCOPES',
    defaultText: 'openid profile email',
    sentence:
      'Scopes to request, separated by blanks. Some providers issue a refresh token only with offline_access.',
  },
  {
    name: 'PLANEBOARD_OIDC_GROUPS_CLAIM',
    defaultText: 'groups',
    sentence: "The claim with a person's groups, as the API server reads it.",
  },
  {
    name: 'PLANEBOARD_OIDC_USER_CLAIM',
    defaultText: null,
    sentence: "The claim with a person's name, if Planeboard impersonates people. If unset: sub.",
  },
  {
    name: 'PLANEBOARD_OIDC_USER_PREFIX',
    defaultText: null,
    sentence: 'Text in front of each name, if Planeboard impersonates people; - for none. If unset: oidc:.',
  },
  {
    name: 'PLANEBOARD_OIDC_GROUPS_PREFIX',
    defaultText: null,
    sentence: 'The same for groups.',
  },
  {
    name: 'PLANEBOARD_OIDC_SIGNING_ALGORITHM',
    defaultText: 'RS256',
    sentence: 'The only algorithm that an ID token may be signed with.',
  },
  {
    name: 'PLANEBOARD_OIDC_CA_FILE',
    defaultText: null,
    sentence: 'File of certificates that are trusted for the provider, besides the public ones.',
  },
  {
    name: 'PLANEBOARD_OIDC_LABEL',
    defaultText: null,
    sentence: "What the sign-in page calls the provider. If unset: the issuer's host name.",
  },
];

/** Every variable that the server reads. */
export const CONFIG_VARIABLES: readonly ConfigVariable[] = [
  {
    name: 'KUBECONFIG',
    defaultText: null,
    sentence:
      "Kubeconfig files, read as kubectl does. If unset: ~/.kube/config, then the pod's service account.",
  },
  {
    name: 'PLANEBOARD_CONTEXT',
    defaultText: null,
    sentence: 'Kubeconfig context. If unset: the current context.',
  },
  {
    name: 'HTTPS_PROXY',
    defaultText: null,
    sentence:
      "Proxy for the connection to the API server, as for kubectl. A cluster's own proxy-url comes first.",
  },
  {
    name: 'NO_PROXY',
    defaultText: null,
    sentence: 'Hosts, domains and address ranges that are reached without the proxy, separated by commas.',
  },
  {
    name: 'PLANEBOARD_INSTALLATION',
    defaultText: null,
    sentence: "Installation name, shown on every page. If unset: the context's name.",
  },
  { name: 'PORT', defaultText: '3000', sentence: 'TCP port to listen on.' },
  {
    name: 'PLANEBOARD_HOST',
    defaultText: '127.0.0.1',
    sentence:
      'Address to listen on. HOSTNAME is ignored because shells export it. Beyond loopback, see PLANEBOARD_AUTH and PLANEBOARD_PUBLIC_READ.',
  },
  {
    name: 'PLANEBOARD_URL',
    defaultText: null,
    sentence:
      'Public origin without a path, such as https://planeboard.example.com. Requests to its host are accepted too.',
  },
  {
    name: 'PLANEBOARD_TRUSTED_PROXIES',
    defaultText: null,
    sentence:
      'Reverse proxies whose X-Forwarded-For counts, as IP addresses or ranges such as 10.0.0.0/8, separated by commas. It says where requests come from, for the audit log and the limit on sign-ins. If unset: none.',
  },
  {
    name: 'PLANEBOARD_AUTH',
    defaultText: 'kubeconfig',
    sentence:
      "How people sign in: kubeconfig (they don't; everyone acts with the kubeconfig's identity), oidc (with an OpenID Connect provider), token (with a bearer token of the API server) or proxy (a proxy in front of Planeboard signs them in). Separate several by commas, such as oidc,token. With sign-in, a PLANEBOARD_HOST beyond loopback requires a PLANEBOARD_URL with https.",
  },
  {
    name: 'PLANEBOARD_SESSION_KEYS',
    defaultText: null,
    sentence:
      'Key that seals sessions: 32 bytes in base64, created with openssl rand -base64 32. To rotate it, put the new one in front, separated by a comma. Required with sign-in.',
  },
  {
    name: 'PLANEBOARD_SESSION_IDLE_MINUTES',
    defaultText: '15',
    sentence: 'A session ends after this long without activity on any page.',
  },
  {
    name: 'PLANEBOARD_SESSION_MAX_HOURS',
    defaultText: '12',
    sentence: 'A session ends this long after the sign-in, even if it is in use.',
  },
  ...OIDC_DOCUMENTATION,
  {
    name: 'PLANEBOARD_IMPERSONATE',
    defaultText: null,
    sentence:
      "true sends people's requests with the kubeconfig's credential and impersonates them, instead of sending a token of theirs. Always so with PLANEBOARD_AUTH=proxy.",
  },
  {
    name: 'PLANEBOARD_IMPERSONATE_GROUPS',
    defaultText: null,
    sentence:
      'Exact names of the groups that may be impersonated, separated by commas, with their prefix. Other groups of a person are left out.',
  },
  {
    name: 'PLANEBOARD_PROXY_SECRET',
    defaultText: null,
    sentence:
      'Secret of at least 32 characters that the proxy sends in the header X-Planeboard-Proxy-Secret. To rotate it, put the new one in front, separated by a comma.',
  },
  {
    name: 'PLANEBOARD_PROXY_USER_HEADER',
    defaultText: 'X-Forwarded-User',
    sentence: 'Header in which the proxy sends the name of the person.',
  },
  {
    name: 'PLANEBOARD_PROXY_GROUPS_HEADER',
    defaultText: 'X-Forwarded-Groups',
    sentence: "Header in which the proxy sends the person's groups, separated by commas.",
  },
  {
    name: 'PLANEBOARD_PROXY_USER_PREFIX',
    defaultText: null,
    sentence:
      "Text in front of each name, so that it can't be that of another user of the cluster, such as oidc:.",
  },
  {
    name: 'PLANEBOARD_PROXY_GROUPS_PREFIX',
    defaultText: null,
    sentence: 'The same for groups.',
  },
  {
    name: 'PLANEBOARD_PROXY_ASSERTION_HEADER',
    defaultText: null,
    sentence:
      'Header in which the proxy sends a signed JSON Web Token about the person, instead of PLANEBOARD_PROXY_SECRET.',
  },
  {
    name: 'PLANEBOARD_PROXY_ASSERTION_ISSUER',
    defaultText: null,
    sentence: 'Required issuer (iss) of the token.',
  },
  {
    name: 'PLANEBOARD_PROXY_ASSERTION_AUDIENCE',
    defaultText: null,
    sentence: 'Required audience (aud) of the token.',
  },
  {
    name: 'PLANEBOARD_PROXY_ASSERTION_JWKS_URL',
    defaultText: null,
    sentence: 'URL of the keys that sign the token.',
  },
  {
    name: 'PLANEBOARD_PROXY_ASSERTION_USER_CLAIM',
    defaultText: 'sub',
    sentence: 'Claim with the name of the person.',
  },
  {
    name: 'PLANEBOARD_PROXY_ASSERTION_GROUPS_CLAIM',
    defaultText: 'groups',
    sentence: "Claim with the person's groups.",
  },
  {
    name: 'PLANEBOARD_PROXY_SIGN_OUT_URL',
    defaultText: null,
    sentence:
      'Path or URL that signs a person out at the proxy, such as /oauth2/sign_out. If set, the account menu links to it.',
  },
  { name: 'PLANEBOARD_READONLY', defaultText: 'false', sentence: 'true disables all writes.' },
  {
    name: 'PLANEBOARD_PUBLIC_READ',
    defaultText: 'false',
    sentence:
      'true allows a PLANEBOARD_HOST beyond loopback: everyone who can reach the server sees everything. Requires PLANEBOARD_READONLY=true and no sign-in.',
  },
  {
    name: 'PLANEBOARD_WALL',
    defaultText: 'token',
    sentence:
      'Who can see the status wall: off (no one), token (screens with a wall link) or open (everyone who can reach the server).',
  },
  {
    name: 'PLANEBOARD_WALL_PUBLIC',
    defaultText: 'false',
    sentence: 'true allows other machines to reach an open wall.',
  },
  {
    name: 'PLANEBOARD_WALL_LINK_DAYS',
    defaultText: '180',
    sentence: 'A new wall link ends after this many days.',
  },
  {
    name: 'PLANEBOARD_WALL_KEYS',
    defaultText: null,
    sentence:
      'Key that authenticates wall links, in the form of PLANEBOARD_SESSION_KEYS. If unset: PLANEBOARD_SESSION_KEYS. Without either, anyone who can edit the ConfigMap planeboard-wall can widen a link.',
  },
  {
    name: 'PLANEBOARD_CONTROL_PLANE_NAMESPACE',
    defaultText: 'openchoreo-control-plane',
    sentence: "Namespace of the control plane's components and Secrets.",
  },
  {
    name: 'PLANEBOARD_NAMESPACES',
    defaultText: null,
    sentence:
      'Namespaces whose planes are shown, separated by commas: at most 50, watched one by one, so no cluster-wide rights are needed. If unset: all.',
  },
  {
    name: 'PLANEBOARD_CHART_REPOSITORY',
    defaultText: null,
    sentence:
      "OCI repository of OpenChoreo's plane charts, for the commands on the agent setup page. If unset: OpenChoreo's own, by release.",
  },
  {
    name: 'PLANEBOARD_CHART_VERSION',
    defaultText: null,
    sentence:
      "Chart version that the agent setup page proposes. If unset: the control plane's, read from its gateway's Deployment.",
  },
  {
    name: 'PLANEBOARD_LOG_LEVEL',
    defaultText: 'info',
    sentence: 'fatal, error, warn, info, debug, trace or silent. Audit lines are logged at every level.',
  },
  ...LIMIT_VARIABLES.map(({ name, limit, unitMs, sentence }) => ({
    name,
    defaultText: String(DEFAULT_LIMITS[limit] / unitMs),
    sentence,
  })),
];
