import { DisclosureSummary } from '@/components/ui/disclosure-summary';
import type { ApiReference } from '@/lib/api/api-reference';
import { SchemaLink, schemaAnchor } from './schema-link';

/** With one group, so that a split text alternates between text and names. */
const REFERENCE = /"?#\/components\/schemas\/(\w+)"?/;

/** One schema as YAML, with links to those that it refers to. */
export function SchemaDetails({
  schema: { name, yaml },
}: {
  readonly schema: ApiReference['schemas'][number];
}) {
  return (
    <details className="group">
      <DisclosureSummary className="cursor-pointer hover:bg-hover">
        <code className="font-mono text-xs">{name}</code>
      </DisclosureSummary>
      <pre
        id={schemaAnchor(name)}
        className="whitespace-pre-wrap px-4 pb-4 pl-9 font-mono text-xs leading-5 [overflow-wrap:anywhere]"
      >
        {yaml.split(REFERENCE).map((part, index) =>
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text never change their order
          index % 2 === 0 ? part : <SchemaLink key={index} name={part} />,
        )}
      </pre>
    </details>
  );
}
