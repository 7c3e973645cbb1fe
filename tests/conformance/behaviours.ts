import type { Behaviour, Source } from './requirement.ts';

type Shown = readonly [file: string, title: string];

const shown =
  (source: Source) =>
  (line: number, item: string, ...shownBy: Shown[]): Behaviour => ({ source, line, item, shownBy });
const blueprint = shown('blueprint');
const aiNative = shown('ai-native');

const schema = (file: string) => `tests/schema/${file}.test.ts`;
const policies = 'tests/schema/policy-suite.ts';
const everyTable = 'tests/schema/every-table-suite.ts';
const plans = 'tests/plans/plans.test.ts';
const maintenance = 'db/engine/maintenance/maintenance.test.ts';
const reportRefresh = 'core/reports/report-refresh.test.ts';

export const behaviours: readonly Behaviour[] = [
  blueprint(31, 'converting a lead is one action', [
    schema('laptop'),
    'a business action over several records travels as one',
  ]),
  blueprint(33, 'rates of conversion', [schema('reports'), 'counts what is there: by currency']),
  blueprint(76, 'an e-mail address is changed in one row', [
    schema('history'),
    'keeps who changed which field from what to what',
  ]),
  blueprint(
    84,
    'reports are computed beforehand, and refreshed',
    [schema('reports'), 'every report is listed here, stamped with its age'],
    [reportRefresh, 'a report that somebody looks at is refreshed in the pause after a change'],
  ),
  blueprint(
    91,
    'the figures of the dashboards',
    [schema('reports'), 'counts what is there: by currency'],
    [schema('reports'), 'shows a rep the own figures, and another workspace its own'],
    [schema('reports'), 'a materialized view, which knows no policies'],
  ),
  blueprint(
    103,
    'updated_at moves with an edit and with nothing else',
    [schema('history'), 'an edit moves updated_at, an embedding does not'],
    [schema('history'), 'an update that changes nothing is none'],
  ),
  blueprint(124, 'a value that is none of the set is refused', [
    schema('constraints'),
    'the database refuses %s',
  ]),
  blueprint(205, 'a digest of a password is read by no request', [
    policies,
    'SELECT password_hash FROM users',
  ]),
  blueprint(283, 'a probability outside 0 to 1 is refused', [
    schema('constraints'),
    'the database refuses %s',
  ]),
  blueprint(324, 'custom fields hold what their definition says', [
    schema('business-rules'),
    'take what their definition says',
  ]),
  blueprint(
    326,
    'sums of money are exact',
    [schema('business-rules'), 'the database adds up a quote'],
    [schema('reports'), 'counts what is there: by currency'],
  ),
  blueprint(
    359,
    'containment is answered by the GIN index',
    [schema('screen-queries'), 'test.each(screenQueries'],
    ['tests/schema/screen-queries.ts', 'contacts with a custom field'],
  ),
  blueprint(
    408,
    'the open deals of a person',
    ['tests/schema/screen-queries.ts', "a person's open deals"],
    [plans, 'open opportunities of one owner'],
  ),
  blueprint(448, 'the contacts of an account from the index alone', [
    schema('query-plans'),
    'the contacts of an account are answered by the covering index alone',
  ]),
  blueprint(
    451,
    'VACUUM, ANALYZE and REINDEX as needed',
    [maintenance, 'gives a table that changed much its statistics'],
    [maintenance, 'removes dead rows'],
    [maintenance, 'makes an index again on demand'],
  ),
  blueprint(
    468,
    'a month has its partition before rows come',
    [schema('partitions'), 'the months ahead exist and new activities go there'],
    [schema('partitions'), 'the turn of a year divides two months to the microsecond'],
    [schema('partitions'), 'the months from one moment on join without a gap'],
  ),
  blueprint(
    483,
    'a query for some days prunes',
    [schema('query-plans'), 'a query for some days opens the month they are in and no other'],
    [plans, 'opens only the months it needs'],
  ),
  blueprint(
    493,
    'retention drops whole months with their links',
    [schema('partitions'), 'retention drops whole months with their links'],
    [schema('partitions'), 'retention follows the workspaces'],
    [schema('partitions'), 'a clock that jumps makes a partition or two'],
  ),
  blueprint(
    505,
    'upkeep of the partitions',
    [schema('partitions'), 'rows that came before their month are moved out of the default partition'],
    [reportRefresh, 'the months ahead are kept in a pause'],
  ),
  blueprint(
    511,
    'only the columns that are needed, and no large table in sequence',
    [plans, 'reads no large table in sequence'],
    [plans, 'looks at no more rows than it should'],
  ),
  blueprint(513, 'each query behind a screen is explained', [plans, 'every screen has its plan here']),
  blueprint(
    582,
    'what a role may do',
    [policies, 'sees of ${kind} those of'],
    [policies, 'people, roles, products and settings of the workspace are changed by those who may'],
  ),
  blueprint(594, 'a field is added without a migration', [
    'core/custom-fields/define.test.ts',
    'custom fields',
  ]),
  blueprint(
    596,
    'numbers, dates, choices and lists in custom fields',
    [schema('business-rules'), 'take what their definition says'],
    [schema('business-rules'), 'refuse %s'],
  ),
  blueprint(617, 'a range over a custom field', [
    schema('query-plans'),
    'a range over a custom field is answered by an index of its own',
  ]),
  blueprint(
    626,
    'personal numbers are sealed',
    [schema('personal-numbers'), 'are stored encrypted and read with the key only'],
    [schema('personal-numbers'), 'seals everything anew'],
    [schema('personal-numbers'), 'nothing that a search or a sort reads holds what is sealed'],
  ),
  blueprint(
    627,
    'which rows a person sees and changes, table by table',
    [everyTable, 'shows a rep nothing that names another'],
    [everyTable, 'changes and deletes nothing that names another'],
  ),
  blueprint(653, 'a rep sees the own deals', [policies, 'sees of ${kind} those of']),
  blueprint(673, 'a manager sees all deals', [policies, 'sees of ${kind} those of']),
  blueprint(
    676,
    'also where a query names no owner',
    [policies, 'no function that leaks runs before the policy'],
    ['tests/security/workspaces.test.ts', 'nothing of the other workspace was changed'],
  ),
  blueprint(
    678,
    'an anonymised copy',
    [schema('anonymising'), 'is realistic, the same every time for one salt'],
    [schema('anonymising'), 'of every kind of record: other ids that still fit together'],
    [schema('anonymising'), 'holds nothing of the original'],
  ),
  blueprint(680, 'erasing a person', [
    schema('erasing'),
    'erasing a person leaves nothing that says who they were',
  ]),

  aiNative(18, 'a person stays one record through life', [
    schema('business-rules'),
    'makes customers of all who take part',
  ]),
  aiNative(
    30,
    'no row of one workspace is read or written from another',
    [everyTable, 'shows an administrator the own workspace and nothing of another'],
    [everyTable, 'of another workspace for an administrator'],
    [everyTable, 'takes no row into another workspace'],
  ),
  aiNative(51, 'a workspace goes with everything in it', [
    schema('workspace'),
    'a workspace is deleted with everything in it',
  ]),
  aiNative(112, 'a contact stays when the account goes', [schema('references'), 'an account is purged']),
  aiNative(132, 'the same address twice is no error', [
    schema('constraints'),
    'two people may have one e-mail address',
  ]),
  aiNative(
    211,
    'who takes part in a deal',
    [schema('references'), 'deals are purged'],
    [schema('business-rules'), 'makes customers of all who take part'],
  ),
  aiNative(245, 'a deal with neither account nor contact is refused', [
    schema('constraints'),
    'the database refuses %s',
  ]),
  aiNative(
    275,
    'a timeline of everything about a record',
    ['core/timeline/timeline.test.ts', 'a timeline'],
    [plans, 'timeline of an account'],
  ),
  aiNative(320, 'a note about nothing is refused', [schema('constraints'), 'the database refuses %s']),
  aiNative(
    380,
    'a vector that is not normalised is refused',
    [schema('constraints'), 'the database refuses %s'],
    [schema('constraints'), 'takes a vector of the length 1'],
  ),
  aiNative(427, 'a vector waits outside the graph until background work puts it in', [
    schema('laptop'),
    'a vector waits outside the graph',
  ]),
  aiNative(450, 'hnsw.ef_search is set where one searches', [
    schema('query-plans'),
    'a search by meaning in one month goes through the graph of that month alone',
  ]),
  aiNative(490, 'open tasks of a person', [
    'tests/schema/screen-queries.ts',
    'idx_tasks_assigned_to_id_pending',
  ]),
  aiNative(521, 'a range of dates opens its months only', [
    schema('query-plans'),
    'a query for some days opens the month they are in and no other',
  ]),
  aiNative(524, 'a search among the recent goes through their graphs only', [
    schema('query-plans'),
    'a search by meaning in one month goes through the graph of that month alone',
  ]),
  aiNative(568, 'queries are explained with what they read', [plans, 'looks at no more rows than it should']),
  aiNative(
    569,
    'statistics and dead rows of the busiest tables',
    [maintenance, 'removes dead rows'],
    [maintenance, 'in a long pause an index can answer alone for new rows'],
  ),
  aiNative(713, 'partitions and their indexes come by themselves', [
    schema('partitions'),
    'rows that came before their month are moved out of the default partition',
  ]),
  aiNative(792, 'Jane is a customer once she has bought', [
    schema('business-rules'),
    'that is entered as won makes a customer too',
  ]),
  aiNative(817, 'all who took part are customers once the deal is won', [
    schema('business-rules'),
    'makes customers of all who take part',
  ]),
];
