import { Columns3, Target } from 'lucide-react';
import { closedStages } from '#shared/enums.ts';
import { Board } from '../board/board.tsx';
import { StagePath } from '../board/stage-path.tsx';
import { firstOffered, screenObject, type Tab } from './define.ts';

/** The same wherever a record's opportunities show. */
const deals = {
  name: 'opportunities',
  place: 2,
  columns: ['name', 'stage', 'amount', 'closeDate', 'ownerId'],
  sort: [{ field: 'closeDate', direction: 'desc' }],
  parts: [
    { name: 'open', condition: { field: 'stage', operator: 'none_of', values: [...closedStages] } },
    { name: 'closed', condition: { field: 'stage', operator: 'any_of', values: [...closedStages] } },
  ],
} as const satisfies Tab;

export const opportunities = screenObject({
  name: 'opportunities',
  icon: Target,
  shortcut: 'g o',
  isSquare: true,
  titleWidth: 280,
  firstFields: ['name', 'accountId', 'contactId', 'stage', 'amount', 'closeDate'],
  // An opportunity begins in the first stage of the workspace's pipeline that shows.
  startValues: { stage: firstOffered },
  facts: ['amount', 'closeDate', 'accountId', 'contactId', 'productId', 'ownerId'],
  trashColumns: ['name', 'accountId', 'stage', 'amount', 'ownerId'],
  shownOn: { accountId: deals, contactId: deals, productId: deals },
  tabsThrough: [
    {
      name: 'people',
      place: 1,
      through: 'accountId',
      object: 'contacts',
      field: 'accountId',
      primary: 'contactId',
      isSuggested: true,
    },
  ],
  suggestedLinks: ['accountId', 'contactId'],
  layouts: [{ name: 'board', icon: Columns3, view: Board }],
  header: StagePath,
});
