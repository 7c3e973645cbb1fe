import { type Command, InvalidArgumentError } from 'commander';
import { fillWithDemo } from '#core/demo/fill.ts';
import { createWorkspace } from '#core/workspace/create.ts';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import { action, type CommonOptions, satchelCommand, withApplication } from './command.ts';
import { counted } from './counted.ts';

interface DemoOptions extends CommonOptions {
  readonly contacts: number;
  readonly activities: number;
  readonly seed?: number;
}

/** The example firm, in a workspace of its own: made where the directory has none. */
export function demoCommand(): Command {
  return satchelCommand('demo', 'Fill a workspace with a believable example firm')
    .option('--contacts <number>', 'how many people', upTo(1_000_000), 2_000)
    .option('--activities <number>', 'how many calls, meetings, emails and notes', upTo(5_000_000), 10_000)
    .option('--seed <number>', 'the same number makes the same firm', upTo(2 ** 31))
    .action(
      action<DemoOptions>((invocation, { contacts, activities, seed }) =>
        withApplication(invocation, {}, async ({ app, identity }) => {
          const { output, dataDir, signal } = invocation;
          if (!(await identity())) {
            await createWorkspace(app, { name: 'Example firm', personName: 'Alex Morgan', currency: 'USD' });
          }
          const person = await identity();
          if (!person) throw new SatchelError('internal', say`The new workspace cannot be found.`);
          const options = {
            contacts,
            activities,
            pace: 'bulk',
            signal,
            ...(seed !== undefined && { seed }),
          } as const;
          for await (const { done, total } of fillWithDemo(app, person, options)) {
            output.progress(`${done.toLocaleString('en')} of ${(total ?? 0).toLocaleString('en')} records`);
          }
          output.progress();
          output.result({ dataDir, contacts, activities }, () => [
            `Added ${counted(contacts, 'contact')} and ${counted(activities, 'activity', 'activities')} to ${dataDir}.`,
          ]);
        }),
      ),
    );
}

function upTo(most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (/^\d+$/u.test(text) && number <= most) return number;
    throw new InvalidArgumentError(`Use a whole number from 0 to ${most.toLocaleString('en')}.`);
  };
}
