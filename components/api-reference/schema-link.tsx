/** The id of the text of a schema: browsers open the details around it when a link leads there. */
export function schemaAnchor(name: string): string {
  return `schema-${name}`;
}

/** Leads to a schema on the same page. */
export function SchemaLink({ name }: { readonly name: string }) {
  return (
    <a className="font-mono text-link text-xs underline" href={`#${schemaAnchor(name)}`}>
      {name}
    </a>
  );
}
