/** Returns the Secret that an API server answers at a path, with encoded values. */
export function secretAt(path: string, data: Readonly<Record<string, string>>): unknown {
  const [namespace, , name] = path.split('/').slice(-3);
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { namespace, name, uid: 'u', resourceVersion: '1' },
    data,
  };
}
