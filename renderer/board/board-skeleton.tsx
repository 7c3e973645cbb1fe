import { Skeleton } from '../components/skeleton.tsx';

/** The shape of the board while it is being read. */
export function BoardSkeleton() {
  return (
    <div aria-busy="true" className="flex min-h-0 flex-1 gap-2 overflow-hidden bg-canvas p-2">
      {[4, 3, 5, 2, 3].map((cards, column) => (
        // oxlint-disable-next-line react/no-array-index-key -- the columns of a skeleton have no other name
        <div key={column} className="w-64 shrink-0 space-y-2 p-1">
          <Skeleton className="mb-4 h-5 w-32" />
          {Array.from({ length: cards }, (_, card) => (
            <Skeleton key={card} className="h-20 w-full" />
          ))}
        </div>
      ))}
    </div>
  );
}
