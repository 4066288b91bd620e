/** Says that a proxy signs people in, on a page that was opened without it. */
export function ProxySignInNote({
  url,
  problem,
  hasForm,
}: {
  /** Where the proxy answers. */
  readonly url: string;
  /** Why the person isn't signed in, in a sentence. */
  readonly problem: string;
  /** Whether another way to sign in follows. */
  readonly hasForm: boolean;
}) {
  return (
    <div className={`text-pretty [overflow-wrap:anywhere] ${hasForm ? 'mb-5' : ''}`}>
      <p role="status">{problem}</p>
      <p className="mt-2 text-muted">
        A proxy in front of Planeboard signs you in. Open{' '}
        <a href={url} className="underline">
          {url === '/' ? 'Planeboard' : url}
        </a>{' '}
        to go through it{hasForm ? ', or sign in below.' : '.'}
      </p>
    </div>
  );
}
