/** A body, and the names of the schemas that it consists of. */
export interface DescribedBody {
  readonly mediaType: string;
  /** One or, of a stream, one for each frame. A name is null if the schema has none. */
  readonly schemas: readonly { readonly frame?: string; readonly name: string | null }[];
}

export interface DescribedParameter {
  readonly name: string;
  readonly place: 'path' | 'query' | 'header';
  readonly isRequired: boolean;
  readonly description: string;
}

/** An operation of the API, as its page shows it. */
export interface DescribedOperation {
  readonly id: string;
  readonly method: string;
  /** For planes, one for namespaced and one for cluster kinds. */
  readonly paths: readonly string[];
  readonly summary: string;
  readonly description: string | null;
  readonly parameters: readonly DescribedParameter[];
  readonly request: DescribedBody | null;
  readonly answers: readonly {
    readonly status: number;
    readonly description: string;
    readonly body: DescribedBody | null;
  }[];
  readonly problems: readonly { readonly status: number; readonly code: string; readonly title: string }[];
  /** A command for a shell. */
  readonly example: string;
}

/** The API, as its page shows it. */
export interface ApiReference {
  readonly areas: readonly { readonly name: string; readonly operations: readonly DescribedOperation[] }[];
  /** Each named schema as YAML. */
  readonly schemas: readonly { readonly name: string; readonly yaml: string }[];
}
