import { z } from 'zod';
import { type ErrorCode, SatchelError } from '#shared/errors.ts';
import { type Message, say } from '#shared/message.ts';
import { diskFull } from './file-problems.ts';

/** The fields of PostgreSQL's error report that are used here. */
export interface DatabaseReport extends Error {
  readonly code: string;
  readonly severity?: string;
  readonly constraint?: string;
  readonly table?: string;
  readonly column?: string;
  readonly where?: string;
  readonly detail?: string;
}

export function isDatabaseReport(error: unknown): error is DatabaseReport {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    'severity' in error &&
    /^[0-9A-Z]{5}$/.test(error.code)
  );
}

const factsSchema = z.record(z.string(), z.string());

/** A rule of the schema that a statement broke. */
export interface BrokenRule {
  readonly sqlState: string;
  readonly constraint?: string | undefined;
  readonly field?: string | undefined;
  /** What a function of the schema says about it, as JSON in the DETAIL of what it raises. */
  readonly facts?: Readonly<Record<string, string>> | undefined;
}

/** What the rule asks of a person, and the error that it is where its SQLSTATE does not say so; undefined to say it in general. */
export type ExplainRule = (broken: BrokenRule) => { said: Message; code?: ErrorCode } | undefined;

/** What a PostgreSQL error means to a person, by its SQLSTATE (PostgreSQL's documentation, appendix A). */
export function databaseError(error: unknown, directory: string, explain: ExplainRule): Error {
  if (error instanceof SatchelError || !isDatabaseReport(error)) {
    return error instanceof Error ? error : new SatchelError('internal', say`${String(error)}`);
  }
  // The report holds the parameters of the statement, which are personal data: it is not kept as the cause.
  const cause = new Error(error.message);
  cause.name = `PostgreSQL ${error.code}`;
  if (error.stack) cause.stack = error.stack;
  if (error.code === '53100' || /No space left on device/.test(error.message))
    return diskFull(directory, cause);
  const written = explain(brokenRule(error));
  const known: Problem | undefined = written?.code
    ? [written.code, written.said]
    : (constraintProblem(error, written?.said) ?? stateProblem(error));
  const [code, message]: Problem = known ?? [
    'internal',
    say`The database refused the statement: ${error.message}`,
  ];
  return new SatchelError(code, message, { details: reportDetails(error), cause });
}

type Problem = readonly [ErrorCode, Message];

function brokenRule({ code, constraint, column, detail }: DatabaseReport): BrokenRule {
  return { sqlState: code, constraint, field: column, facts: factsOf(detail) };
}

/** PostgreSQL's own details are sentences, with the values of a record in them: those stay where they are. */
function factsOf(detail: string | undefined): Readonly<Record<string, string>> | undefined {
  if (!detail?.startsWith('{')) return undefined;
  try {
    return factsSchema.safeParse(JSON.parse(detail)).data;
  } catch {
    return undefined;
  }
}

function constraintProblem(report: DatabaseReport, written: Message | undefined): Problem | undefined {
  const { code, constraint, table, column } = report;
  const what = words(table ?? 'record').replace(/s$/, '');
  switch (code) {
    case '23505':
      return [
        'conflict',
        written ?? say`There already is a ${what} with these values. Open that one, or change yours.`,
      ];
    case '23503':
      return [
        'conflict',
        written ?? say`A record that this ${what} refers to does not exist, or is still referred to.`,
      ];
    case '23514':
      return [
        'invalid',
        written ?? say`A value of the ${what} breaks the rule "${words(constraint ?? 'check')}".`,
      ];
    case '23502':
      return ['invalid', say`The ${what} needs a value for ${words(column ?? 'a field')}.`];
    case '23P01':
      return ['conflict', written ?? say`The ${what} overlaps with another one.`];
    default:
      return undefined;
  }
}

const byState: Readonly<Record<string, Problem>> = {
  '42501': ['forbidden', say`Your role does not allow this.`],
  '25006': ['internal', say`A read-only transaction tried to write.`],
  '22001': ['invalid', say`A text is too long for its field.`],
  '22003': ['invalid', say`A number is too large for its field.`],
  '22007': ['invalid', say`A date or time is not written in a known form. Use YYYY-MM-DD.`],
  '22008': ['invalid', say`A date or time is out of range.`],
  '22012': ['invalid', say`A calculation divides by zero.`],
  '22021': [
    'invalid',
    say`A text holds a character that cannot be stored (such as a NUL). Remove it and try again.`,
  ],
  '22P02': ['invalid', say`A value does not fit the type of its field.`],
  '22P05': ['invalid', say`A text holds a character that cannot be stored. Remove it and try again.`],
  '40001': ['busy', say`The data changed at the same moment. Try again.`],
  '40P01': ['busy', say`The data changed at the same moment. Try again.`],
  '55P03': ['busy', say`The record is being changed elsewhere. Try again shortly.`],
  '53200': ['busy', say`There was not enough memory for this. Try it with less at a time.`],
  '54000': ['invalid', say`The value is too large to be stored or indexed.`],
  '57014': ['busy', say`The work was cancelled.`],
};

function stateProblem({ code, message }: DatabaseReport): Problem | undefined {
  if (code.startsWith('XX00') && code !== 'XX000') {
    return [
      'corrupt',
      say`Stored data is damaged: ${message}. Nothing was repaired. Close Satchel and run "satchel doctor": it says whether an index can be made again or the last verified backup has to be restored.`,
    ];
  }
  // Missing or short files of the cluster are reported as plain I/O errors.
  if (code === '58030' || code === '58P01') {
    return [
      'corrupt',
      say`A file of the database cannot be read: ${message}. Restore the last verified backup.`,
    ];
  }
  // A rule of our own, raised in SQL: its text is written for people.
  if (code === 'P0001') return ['invalid', say`${message}`];
  return (
    byState[code] ?? (code.startsWith('22') ? ['invalid', say`A value is not valid: ${message}`] : undefined)
  );
}

function reportDetails({ code, constraint, table, column }: DatabaseReport): Record<string, string> {
  return {
    sqlState: code,
    ...(constraint && { constraint }),
    ...(table && { table }),
    ...(column && { field: column }),
  };
}

const words = (name: string): string => name.replaceAll('_', ' ');
