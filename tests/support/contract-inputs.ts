import { z } from 'zod';
import { contract } from '#shared/contract/contract.ts';

/** What of JSON Schema the inputs of the contract use. */
interface Schema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly type?: string;
  readonly format?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly minimum?: number;
}

export interface TakesIds {
  /** Such as `accounts.get`. */
  readonly path: string;
  /** A valid input in which every place for an id holds this one. */
  readonly inputWith: (id: string) => unknown;
}

/** Every procedure of the contract whose input has a place for an id, found in the schemas themselves. */
export function proceduresTakingIds(): TakesIds[] {
  return inputsOf(contract, []).flatMap(({ path, schema }) =>
    hasId(schema)
      ? [{ path: path.join('.'), inputWith: (id: string) => example(schema, schema, { id, text: 'Ours' }) }]
      : [],
  );
}

export interface TakesTexts {
  readonly path: string;
  /** An input in which every text that no pattern forbids, required or not, is this one. */
  readonly inputWith: (text: string, id: string) => unknown;
}

/** Every procedure of the contract. */
export function allProcedures(): TakesTexts[] {
  return inputsOf(contract, []).map(({ path, schema }) => ({
    path: path.join('.'),
    inputWith: (text, id) => example(schema, schema, { id, text, isFull: true }),
  }));
}

/** What examples are made of. */
interface Fill {
  readonly id: string;
  readonly text: string;
  /** With what may be left out too; filters, which recur, only so far. */
  readonly isFull?: boolean;
}

function inputsOf(node: object, path: readonly string[]): { path: readonly string[]; schema: Schema }[] {
  const definition: unknown = Reflect.get(node, '~orpc');
  if (typeof definition === 'object' && definition !== null) {
    const input: unknown = Reflect.get(definition, 'inputSchema');
    if (!(input instanceof z.ZodType)) return [];
    return [{ path, schema: z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }) as Schema }];
  }
  return Object.entries(node).flatMap(([name, child]: [string, object]) => inputsOf(child, [...path, name]));
}

function resolved(schema: Schema, root: Schema): Schema {
  const name = schema.$ref?.split('/').at(-1);
  return (name === undefined ? schema : root.$defs?.[name]) ?? schema;
}

/** References are to filters, which recur and hold no ids in places of their own. */
function hasId(schema: Schema): boolean {
  if (schema.$ref !== undefined) return false;
  if (schema.format === 'uuid') return true;
  const within = [
    ...(schema.anyOf ?? []),
    ...(schema.oneOf ?? []),
    ...Object.values(schema.properties ?? {}),
    ...(schema.items ? [schema.items] : []),
  ];
  return within.some(hasId);
}

function example(given: Schema, root: Schema, fill: Fill): unknown {
  const schema = resolved(given, root);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) {
    const choice = choices.find((each) => hasId(each)) ?? choices[0];
    return choice && example(choice, root, fill);
  }
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  switch (schema.type) {
    case 'object': {
      const shown = Object.entries(schema.properties ?? {}).filter(
        ([name, inner]) =>
          schema.required?.includes(name) || hasId(inner) || (fill.isFull && inner.$ref === undefined),
      );
      return Object.fromEntries(shown.map(([name, inner]) => [name, example(inner, root, fill)]));
    }
    case 'array':
      return schema.items ? [example(schema.items, root, fill)] : [];
    case 'string':
      if (schema.format === 'uuid') return fill.id;
      return schema.format === 'date-time' ? '2026-03-05T09:00:00.000000Z' : fill.text;
    case 'integer':
    case 'number':
      return Math.max(0, schema.minimum ?? 0);
    case 'boolean':
      return false;
    default:
      return null;
  }
}
