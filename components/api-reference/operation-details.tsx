import { CommandBlock } from '@/components/ui/command-block';
import { DisclosureSummary } from '@/components/ui/disclosure-summary';
import { Fact, Facts } from '@/components/ui/facts';
import type { DescribedBody, DescribedOperation } from '@/lib/api/api-reference';
import { InlineCode } from './inline-code';
import { SchemaLink } from './schema-link';

/** One operation: method, path and what it does; opened, with its parameters, bodies, problems and an example. */
export function OperationDetails({ operation }: { readonly operation: DescribedOperation }) {
  const { id, method, paths, summary, description, parameters, request, answers, problems, example } =
    operation;
  return (
    <details className="group" id={id}>
      <DisclosureSummary className="cursor-pointer hover:bg-hover">
        <span className="grid min-w-0 gap-x-3 md:grid-cols-[minmax(0,24rem)_minmax(0,1fr)]">
          <code className="font-mono text-xs leading-5 [overflow-wrap:anywhere]">
            <strong>{method}</strong> {paths[0]}
          </code>
          <span className="text-pretty text-muted">
            <InlineCode text={summary} />
          </span>
        </span>
      </DisclosureSummary>
      <div className="grid gap-3 px-4 pt-1 pb-4 pl-9">
        {description === null ? null : (
          <p className="text-pretty">
            <InlineCode text={description} />
          </p>
        )}
        <Facts>
          {paths.length < 2 ? null : (
            <Fact name="For cluster kinds">
              <code className="font-mono text-xs">{paths[1]}</code>
            </Fact>
          )}
          {parameters.map((one) => (
            <Fact
              key={one.name}
              name={
                <>
                  <code className="font-mono text-ink text-xs">{one.name}</code> ({one.place}
                  {one.isRequired ? '' : ', optional'})
                </>
              }
            >
              <InlineCode text={one.description} />
            </Fact>
          ))}
          {request === null ? null : (
            <Fact name="Request">
              <Body body={request} />
            </Fact>
          )}
          {answers.map(({ status, description: meaning, body }) => (
            <Fact key={status} name={`Answer ${status}`}>
              {meaning} {body === null ? null : <Body body={body} />}
            </Fact>
          ))}
        </Facts>
        <CommandBlock label={`Example of ${id}`} command={example} />
        {problems.length === 0 ? null : <Problems problems={problems} />}
      </div>
    </details>
  );
}

/** Links to the schemas of a body. A stream has one for each frame. */
function Body({ body: { mediaType, schemas } }: { readonly body: DescribedBody }) {
  const isStream = schemas.some(({ frame }) => frame !== undefined);
  return (
    <>
      {schemas.length === 0 || isStream ? <code className="font-mono text-xs">{mediaType}</code> : null}
      {schemas.map(({ frame, name }) => (
        <span key={frame ?? name} className="block">
          {frame === undefined ? null : <code className="font-mono text-xs">{frame}</code>}{' '}
          {name === null ? null : <SchemaLink name={name} />}
        </span>
      ))}
    </>
  );
}

function Problems({ problems }: Pick<DescribedOperation, 'problems'>) {
  return (
    <details className="group">
      <DisclosureSummary compact>Problems</DisclosureSummary>
      <ul className="mt-1 grid gap-x-4 gap-y-0.5 sm:grid-cols-2">
        {problems.map(({ status, code, title }) => (
          <li key={code}>
            {status} <code className="font-mono text-xs">{code}</code>{' '}
            <span className="text-muted">{title}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
