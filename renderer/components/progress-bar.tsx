/** How much of something is done; without a total it pulses, since that something goes on. */
export function ProgressBar({ label, done, total }: { label: string; done: number; total: number | null }) {
  return (
    <progress
      aria-label={label}
      className="h-1.5 w-full appearance-none overflow-hidden rounded-full bg-pressed indeterminate:animate-pulse motion-reduce:animate-none indeterminate:[&::-webkit-progress-bar]:bg-accent-soft [&::-webkit-progress-bar]:bg-pressed [&::-webkit-progress-value]:bg-accent"
      {...(total ? { value: done, max: total } : {})}
    />
  );
}
