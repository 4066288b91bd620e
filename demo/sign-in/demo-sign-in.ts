import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { KubeClient } from '@/demo/control-plane/kube-client';
import { OIDC_PREFIX, oidcFlags } from '@/demo/identity-provider/api-server-flags';
import { IdentityProvider } from '@/demo/identity-provider/identity-provider';
import { DEMO_PEOPLE } from '@/demo/identity-provider/people';
import { CLIENT_ID, CLIENT_SECRET } from '@/demo/identity-provider/provider-settings';
import { grantPeople, PEOPLE_NAMESPACE } from './grant-people';

/** How people sign in to the demo. */
export type DemoAuth = 'kubeconfig' | 'token' | 'oidc';

/** What a way to sign in needs, before and after the control plane starts. */
export interface DemoSignIn {
  readonly apiServerFlags: Readonly<Record<string, string>>;
  /** Environment variables of the dashboard. */
  readonly env: Readonly<Record<string, string>>;
  /** Lines to print, which say who can sign in and how. */
  readonly help: readonly string[];
  /** Grants the people of the demo their rights. */
  grant(client: KubeClient): Promise<void>;
  stop(): Promise<void>;
}

const NO_SIGN_IN: DemoSignIn = {
  apiServerFlags: {},
  env: {},
  help: [],
  grant: async () => {},
  stop: async () => {},
};

/**
 * Prepares a way to sign in. For `oidc`, starts a real identity provider.
 *
 * @param folder for the provider's CA
 */
export async function startDemoSignIn(auth: DemoAuth, folder: string): Promise<DemoSignIn> {
  if (auth === 'kubeconfig') return NO_SIGN_IN;
  const grant = (client: KubeClient) => grantPeople(client, OIDC_PREFIX);
  const keys = randomBytes(32).toString('base64');
  if (auth === 'token')
    return {
      ...NO_SIGN_IN,
      grant,
      env: { PLANEBOARD_AUTH: 'token', PLANEBOARD_SESSION_KEYS: keys },
      help: [
        `Sign in      with a token of ${DEMO_PEOPLE.map(({ id }) => id).join(', ')}, such as the one of`,
        `             kubectl create token maya --namespace ${PEOPLE_NAMESPACE} --duration 12h`,
      ],
    };
  const provider = await IdentityProvider.start({ people: DEMO_PEOPLE });
  const caFile = join(folder, 'identity-provider-ca.pem');
  await mkdir(folder, { recursive: true });
  await writeFile(caFile, provider.caPem);
  return {
    grant,
    apiServerFlags: oidcFlags(provider.issuer, caFile),
    env: {
      PLANEBOARD_AUTH: 'oidc,token',
      PLANEBOARD_SESSION_KEYS: keys,
      PLANEBOARD_OIDC_ISSUER: provider.issuer,
      PLANEBOARD_OIDC_CLIENT_ID: CLIENT_ID,
      PLANEBOARD_OIDC_CLIENT_SECRET: CLIENT_SECRET,
      PLANEBOARD_OIDC_CA_FILE: caFile,
      PLANEBOARD_OIDC_LABEL: 'Aurora sign-in',
    },
    help: [
      `Sign in      at ${provider.issuer}, as ${DEMO_PEOPLE.map(({ id }) => id).join(', ')}. Your browser warns about`,
      '             its certificate, because the demo has created its CA.',
    ],
    stop: () => provider.stop(),
  };
}
