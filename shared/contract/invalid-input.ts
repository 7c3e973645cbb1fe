import { z } from 'zod';
import { SatchelError } from '../errors.ts';
import { askedBy, type Message, say } from '../message.ts';

/** A finding of a schema, as any library of schemas tells it. */
interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** What the caller is told of an input that does not fit its schema: the fields that are wrong. */
export function invalidInput(issues: readonly Issue[]): SatchelError {
  const [issue] = issues;
  if (!issue) return new SatchelError('invalid', say`The input is not valid.`);
  return new SatchelError('invalid', withField(issue), detailsOf(issues));
}

function withField(issue: Issue): Message {
  const field = fieldOf(issue);
  const problem = issueSaid(issue);
  return field === '' ? problem : say`${field}: ${problem}`;
}

function detailsOf(issues: readonly Issue[]) {
  const fields = issues.slice(0, 20).map((issue) => ({ field: fieldOf(issue), message: issue.message }));
  return { details: { field: fields[0]?.field ?? '', fields } };
}

function fieldOf({ path = [] }: Issue): string {
  return path.map((key) => String(typeof key === 'object' ? key.key : key)).join('.');
}

/** What is wrong with a value; Zod's own words are for programmers and stay in the details. */
function issueSaid(issue: Issue): Message {
  const own = askedBy(issue.message);
  if (own) return own;
  const limit = limitSchema.safeParse(issue);
  if (!limit.success) return say`This value is not valid.`;
  const { origin, maximum, minimum } = limit.data;
  if (maximum !== undefined) {
    return origin === 'string' ? say`Use at most ${maximum} characters.` : say`Use at most ${maximum}.`;
  }
  return origin === 'string'
    ? say`Use at least ${minimum ?? 1} characters.`
    : say`Use at least ${minimum ?? 1}.`;
}

const limitSchema = z.object({
  code: z.enum(['too_big', 'too_small']),
  origin: z.string(),
  maximum: z.number().optional(),
  minimum: z.number().optional(),
});

/**
 * The input of a face, checked. A sentence of our own says by itself what it is about: whoever typed the value knows no
 * names of fields.
 * @throws SatchelError `invalid`
 */
export function checked<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const { issues } = result.error;
  const [issue] = issues;
  const own = issue && askedBy(issue.message);
  throw own ? new SatchelError('invalid', own, detailsOf(issues)) : invalidInput(issues);
}
