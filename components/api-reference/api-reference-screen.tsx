import { Card } from '@/components/ui/card';
import { CommandBlock } from '@/components/ui/command-block';
import type { ApiReference } from '@/lib/api/api-reference';
import { OperationDetails } from './operation-details';
import { SchemaDetails } from './schema-details';

const SETTINGS = 'export PLANEBOARD_URL=https://planeboard.example.com PLANEBOARD_TOKEN=...';

/** The API for programs: every operation by area, then the schemas of requests and answers. */
export function ApiReferenceScreen({ reference }: { readonly reference: ApiReference }) {
  const { areas, schemas } = reference;
  return (
    <div className="relative min-h-0 flex-1 overflow-auto print:overflow-visible">
      <div className="mx-auto grid w-full max-w-[70rem] grid-cols-1 gap-4 px-4 pt-4 pb-12 sm:px-6">
        <header>
          <h1 className="font-semibold text-xl tracking-tight">API reference</h1>
          <p className="mt-0.5 text-pretty text-muted">
            Programs see and may do what the API server allows them. With sign-in, they send a token of the
            API server with each request. Writes must be JSON. Generate a client from the{' '}
            <a className="text-accent underline underline-offset-2" href="/api/openapi.json">
              OpenAPI 3.1 document
            </a>
            .
          </p>
          <CommandBlock label="Settings for the examples" command={SETTINGS} />
        </header>
        {areas.map(({ name, operations }) => (
          <Card key={name} title={name} flush>
            <ul className="divide-y divide-line">
              {operations.map((operation) => (
                <li key={operation.id}>
                  <OperationDetails operation={operation} />
                </li>
              ))}
            </ul>
          </Card>
        ))}
        <Card title="Schemas" flush>
          <ul className="divide-y divide-line">
            {schemas.map((schema) => (
              <li key={schema.name}>
                <SchemaDetails schema={schema} />
              </li>
            ))}
          </ul>
        </Card>
      </div>
    </div>
  );
}
