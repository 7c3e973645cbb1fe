import { useEffect, useState } from 'react';

/** The time in milliseconds since the epoch, fresh to the minute: for what is shown as today, or so long ago. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now()), 60_000);
    return () => window.clearInterval(timer);
  }, []);
  return now;
}
