import { Card } from '@/components/ui/card';

/** Labels or annotations; `entries` is null when they are not known. */
export function MetadataCard({
  title,
  entries,
}: {
  readonly title: string;
  readonly entries: Readonly<Record<string, string>> | null;
}) {
  const list = Object.entries(entries ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return (
    <Card title={title}>
      {list.length === 0 ? <p className="text-muted">{entries === null ? 'Not known.' : 'None.'}</p> : null}
      <dl className="grid grid-cols-[minmax(0,1fr)] gap-2">
        {list.map(([key, value]) => (
          <div key={key}>
            <dt className="break-all text-muted text-xs">{key}</dt>
            <dd className="break-words">
              {value === '' ? <span className="text-muted">empty</span> : value}
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
