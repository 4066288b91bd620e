import { Ajv2020, type ErrorObject } from 'ajv/dist/2020';
import { openApiDocument } from '@/lib/server/api-reference/openapi-document';
import { API_OPERATIONS } from '@/lib/server/api-reference/operations';

interface Described {
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: object }>> }>
  >;
}

/** Compares answers with what the OpenAPI document says of them, as a program would that was generated from it. */
export class DescribedAnswers {
  private readonly ajv = new Ajv2020({ strict: false, validateFormats: false });
  private readonly document = openApiDocument();

  constructor() {
    this.ajv.addSchema(JSON.parse(JSON.stringify(this.document)) as object, 'openapi');
  }

  /**
   * Returns the JSON of an answer.
   *
   * @throws if the operation has no such status, or the answer doesn't match its schema
   */
  async read(id: string, response: Response): Promise<unknown> {
    const operation = API_OPERATIONS.find((one) => one.id === id);
    const described = operation && this.document.paths[operation.path]?.[operation.method.toLowerCase()];
    const { content } = (described as Described | undefined)?.responses[response.status] ?? {};
    const body: unknown = await response.json();
    const schema = content?.[response.headers.get('content-type') ?? '']?.schema;
    if (!schema) throw new Error(`${id} has no answer ${response.status}: ${JSON.stringify(body)}`);
    this.require(id, schema, body);
    return body;
  }

  /** Throws if a value doesn't match a named schema. */
  requireNamed(name: string, value: unknown): void {
    this.require(name, { $ref: `#/components/schemas/${name}` }, value);
  }

  private require(what: string, schema: object, value: unknown): void {
    const text = JSON.stringify(schema).replaceAll('"#/components/', '"openapi#/components/');
    const validate = this.ajv.compile(JSON.parse(text) as object);
    if (!validate(value)) throw new Error(`${what} isn't as described: ${errorText(validate.errors)}`);
  }
}

function errorText(errors: readonly ErrorObject[] | null | undefined): string {
  return (errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`).join('; ');
}
