import 'server-only';
import type { SecretFact } from '@/lib/plane/health/health-facts';
import { isKubernetesName } from '@/lib/plane/model/plane-path';
import type { KubeClient } from '@/lib/server/kube/kube-client';
import { asKubeError } from '@/lib/server/kube/kube-error';
import {
  type LiveSecret,
  readLiveSecret,
  type SecretName,
  type SecretPlace,
} from '@/lib/server/kube/read-secret';

const READ_TIMEOUT_MS = 10_000;

/** Facts about a Secret without the material that it should hold. */
type MissingFact = Extract<
  SecretFact,
  { state: 'not-checked' | 'secret-missing' | 'key-missing' | 'unparsable' }
>;

type Answer = LiveSecret | 'missing' | 'not-visible' | 'failed';

/** One reading of all Secrets that a plane uses. Each is requested once, because a certificate and its key share one. */
export class SecretsOfPlane {
  private readonly answers = new Map<string, Promise<Answer>>();
  private failed = false;

  constructor(
    private readonly client: Pick<KubeClient, 'request'>,
    private readonly signal: AbortSignal,
  ) {}

  /** Whether a request failed for a reason that says nothing about the Secret. */
  get hasFailed(): boolean {
    return this.failed;
  }

  /**
   * Reads a key of a Secret. Undefined if the API server didn't answer.
   *
   * @param parse reads the material
   * @param without returns the result when there is no material
   */
  async read<Reading>(
    { key, ...name }: SecretPlace,
    parse: (text: string) => Reading,
    without: (fact: MissingFact) => Reading,
  ): Promise<Reading | undefined> {
    const secret = `${name.namespace}/${name.name}`;
    const answer = await this.answer(name);
    if (answer === 'failed') return undefined;
    if (answer === 'not-visible') return without({ state: 'not-checked' });
    if (answer === 'missing') return without({ state: 'secret-missing', secret });
    const text = answer.textOf(key);
    if (text === undefined) return without({ state: 'key-missing', secret, key });
    return text === ''
      ? without({ state: 'unparsable', problem: `key "${key}" of Secret ${secret} is empty.` })
      : parse(text);
  }

  /** Returns whether a Secret exists whose key isn't named. Undefined if the API server didn't answer. */
  async exists(name: SecretName): Promise<{ readonly fact: MissingFact } | undefined> {
    const answer = await this.answer(name);
    if (answer === 'failed') return undefined;
    const secret = `${name.namespace}/${name.name}`;
    return { fact: answer === 'missing' ? { state: 'secret-missing', secret } : { state: 'not-checked' } };
  }

  private answer({ namespace, name }: SecretName): Promise<Answer> {
    const id = `${namespace}/${name}`;
    const known = this.answers.get(id) ?? this.request({ namespace, name });
    this.answers.set(id, known);
    return known;
  }

  private async request({ namespace, name }: SecretName): Promise<Answer> {
    // A resource can contain any name: `..` would redirect the request, and no Secret has such a name.
    if (!isKubernetesName(namespace) || !isKubernetesName(name)) return 'missing';
    try {
      const options = { signal: this.signal, timeoutMs: READ_TIMEOUT_MS };
      return (await readLiveSecret(this.client, { namespace, name }, options)) ?? 'missing';
    } catch (error) {
      if (asKubeError(error).code === 'forbidden') return 'not-visible';
      this.failed = true;
      return 'failed';
    }
  }
}
