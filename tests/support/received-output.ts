import type { AnySchema } from '@orpc/contract';

interface Call {
  readonly path: readonly string[];
  readonly procedure: { readonly '~orpc': { readonly outputSchema?: AnySchema | undefined } };
  readonly next: () => Promise<unknown>;
}

/** Validates answers against the contract, as the client at the other end of the wire does. */
export async function receivedOutput({ path, procedure, next }: Call): Promise<unknown> {
  const output = await next();
  const schema = procedure['~orpc'].outputSchema;
  if (!schema) return output;
  const result = await schema['~standard'].validate(output);
  if (result.issues) {
    throw new Error(`The answer of ${path.join('.')} breaks the contract: ${JSON.stringify(result.issues)}`);
  }
  return result.value;
}
