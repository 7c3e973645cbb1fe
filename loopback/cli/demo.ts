import type { Command } from 'commander';
import { action, clientOf, commonOptions, satchelCommand, withApplication } from './command.ts';
import { counted } from './counted.ts';
import { wholeNumber } from './whole-number.ts';

const demoOptions = commonOptions.extend({
  contacts: wholeNumber(1_000_000),
  activities: wholeNumber(5_000_000),
  seed: wholeNumber(2 ** 31).optional(),
});

/** The example firm, in a workspace of its own: made where the directory has none. */
export function demoCommand(): Command {
  return satchelCommand('demo', 'Fill a workspace with a believable example firm')
    .option('--contacts <number>', 'how many people', '2000')
    .option('--activities <number>', 'how many calls, meetings, emails and notes', '10000')
    .option('--seed <number>', 'the same number makes the same firm')
    .action(
      action(demoOptions, (invocation, { contacts, activities, seed }) =>
        withApplication(invocation, {}, async (application) => {
          const { output, dataDir, signal } = invocation;
          const { workspace } = await clientOf(application);
          if ((await workspace.status({})).state === 'first_run') {
            await workspace.create({ name: 'Example firm', personName: 'Alex Morgan', currency: 'USD' });
          }
          const filling = await workspace.fillWithDemo({ contacts, activities, seed }, { signal });
          for await (const { done, total } of filling) {
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
