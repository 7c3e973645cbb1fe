import { Skeleton } from '../components/skeleton.tsx';

/** The shape of a record's page while it is being read. */
export function RecordSkeleton() {
  return (
    <div aria-busy="true" className="flex min-h-0 flex-1 flex-col">
      <div className="border-b border-line px-5 py-3">
        <Skeleton className="h-6 w-64" />
        <Skeleton className="mt-3 h-8 w-120 max-w-full" />
      </div>
      <div className="flex flex-1">
        <div className="flex-1 space-y-4 p-5">
          <Skeleton className="h-10 w-full" />
          <Skeleton className="h-4 w-3/4" />
          <Skeleton className="h-4 w-2/3" />
          <Skeleton className="h-4 w-3/5" />
        </div>
        <div className="w-80 space-y-4 border-l border-line p-4 xl:w-96">
          {[1, 2, 3, 4, 5, 6].map((row) => (
            <Skeleton key={row} className="h-4 w-full" />
          ))}
        </div>
      </div>
    </div>
  );
}
