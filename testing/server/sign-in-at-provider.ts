import { Agent, fetch } from 'undici';
import type { IdentityProvider } from '@/demo/identity-provider/identity-provider';

/**
 * Signs a person in at the provider as a browser does, and returns the address that the provider leads back to.
 *
 * @param person an id; null: cancels
 */
export async function signInAtProvider(
  provider: IdentityProvider,
  authorizationUrl: string,
  person: string | null,
): Promise<URL> {
  const dispatcher = new Agent({ connect: { ca: provider.caPem } });
  const cookies = new Map<string, string>();
  const send = async (url: string, form?: URLSearchParams): Promise<string> => {
    const answer = await fetch(url, {
      dispatcher,
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form ? { method: 'POST', body: form } : {}),
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split(/=(.*)/s);
      cookies.set(name, value);
    }
    const location = answer.headers.get('location');
    if (location === null) throw new Error(`The provider answered ${answer.status}: ${await answer.text()}`);
    return new URL(location, url).href;
  };
  try {
    const page = await send(authorizationUrl);
    const form = new URLSearchParams(person === null ? { cancel: 'yes' } : { person });
    return new URL(await send(await send(page, form)));
  } finally {
    await dispatcher.close();
  }
}
