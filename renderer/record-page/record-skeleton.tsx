import { Skeleton } from '../components/skeleton.tsx';

const facts = [64, 88, 72, 104, 80];
const entries = [80, 64, 72, 56];
const fields = [72, 96, 64, 88, 112, 80, 64, 96];

/** The shape of a record's page while it is being read. */
export function RecordSkeleton() {
  return (
    <div aria-busy="true" className="flex min-h-0 flex-1 flex-col">
      <div className="border-b border-line px-5 py-3">
        <div className="flex items-center gap-3">
          <Skeleton className="size-6" />
          <Skeleton className="h-5 w-64" />
        </div>
        <div className="mt-3 flex gap-6">
          {facts.map((width) => (
            <div key={width} className="space-y-2">
              <Skeleton className="h-2.5 w-12" />
              <Bar width={width} />
            </div>
          ))}
        </div>
      </div>
      <div className="flex min-h-0 flex-1 overflow-hidden">
        <div className="min-w-0 flex-1 p-3">
          <div className="flex gap-2 pb-5">
            <Skeleton className="h-7 w-20" />
            <Skeleton className="h-7 w-24" />
            <Skeleton className="h-7 w-28" />
          </div>
          <Skeleton className="h-9 w-full" />
          {entries.map((width) => (
            <div key={width} className="mt-6 flex gap-3">
              <Skeleton className="size-6" />
              <div className="min-w-0 flex-1 space-y-2">
                <Skeleton className="h-3 w-48" />
                <Bar width={width * 4} />
              </div>
            </div>
          ))}
        </div>
        <div className="w-80 border-l border-line px-4 py-3 xl:w-96">
          {fields.map((width, row) => (
            // oxlint-disable-next-line react/no-array-index-key -- rows of a shape that never changes
            <div key={row} className="flex h-8 items-center gap-4">
              <div className="w-28">
                <Skeleton className="h-3 w-20" />
              </div>
              <Bar width={width} />
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}

/** @param width pixels at most */
function Bar({ width }: { width: number }) {
  return (
    <div className="w-full" style={{ maxWidth: width }}>
      <Skeleton className="h-3 w-full" />
    </div>
  );
}
