import { Pool } from 'undici';
import type { ControlPlaneAccess } from '@/demo/control-plane/control-plane-access';
import type { KubeCredentials } from '@/demo/control-plane/kube-client';

/** What the API server answers. */
export interface DirectAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** Asks the API server directly, as one person, past everything of Planeboard. */
export class DirectAnswers {
  private constructor(
    private readonly pool: Pool,
    private readonly headers: Readonly<Record<string, string | string[]>>,
  ) {}

  static ofToken({ server, caPem }: ControlPlaneAccess, token: string): DirectAnswers {
    const pool = new Pool(server, { connections: 8, connect: { ca: caPem } });
    return new DirectAnswers(pool, { authorization: `Bearer ${token}` });
  }

  /** Asks with a client certificate. */
  static ofCertificate({ server, caPem, certPem, keyPem }: KubeCredentials): DirectAnswers {
    const connect = { ca: caPem, cert: certPem, key: keyPem };
    return new DirectAnswers(new Pool(server, { connections: 8, connect }), {});
  }

  /** Asks as the administrator who impersonates a user in these groups. */
  static ofUser(
    { adminCredentials }: ControlPlaneAccess,
    user: string,
    groups: readonly string[] = [],
  ): DirectAnswers {
    const { pool } = DirectAnswers.ofCertificate(adminCredentials);
    return new DirectAnswers(pool, {
      'impersonate-user': user,
      ...(groups.length > 0 ? { 'impersonate-group': [...groups] } : {}),
    });
  }

  async ask(
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    sent?: unknown,
  ): Promise<DirectAnswer> {
    const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
    const { statusCode: status, body } = await this.pool.request({
      method,
      path,
      headers: { ...this.headers, 'content-type': type },
      body: sent === undefined ? null : JSON.stringify(sent),
    });
    const text = await body.text();
    return { status, body: text.startsWith('{') ? JSON.parse(text) : text };
  }

  async status(path: string): Promise<number> {
    return (await this.ask('GET', path)).status;
  }

  /** Returns what a write would be answered with. Nothing is written. */
  async dryRun(method: 'POST' | 'PATCH' | 'DELETE', path: string, sent?: unknown): Promise<number> {
    return (await this.ask(method, `${path}?dryRun=All`, sent)).status;
  }

  /** Returns the objects of a list, or the one object; none if it isn't answered. */
  async objects(path: string): Promise<{ metadata: { namespace?: string; name: string } }[]> {
    const { status, body } = await this.ask('GET', path);
    if (status !== 200) return [];
    return ((body as { items?: unknown[] }).items ?? [body]) as { metadata: { name: string } }[];
  }

  /** Returns whether an access review allows something. */
  async may(resourceAttributes: Readonly<Record<string, string>>): Promise<boolean> {
    const answer = await this.review('authorization.k8s.io/v1', 'SelfSubjectAccessReview', {
      resourceAttributes,
    });
    return (answer as { allowed: boolean }).allowed;
  }

  /** Returns the status of a review of the person's own rights or identity. */
  async review(apiVersion: string, kind: string, spec: object): Promise<unknown> {
    const path = `/apis/${apiVersion}/${kind.toLowerCase()}s`;
    const { status, body } = await this.ask('POST', path, { apiVersion, kind, spec });
    if (status !== 201) throw new Error(`The review ${kind} was answered with ${status}.`);
    return (body as { status: unknown }).status;
  }

  async close(): Promise<void> {
    await this.pool.close();
  }
}
