import { useEffect, useState } from 'react';

const dayOf = () => new Date().toDateString();

/** The day it is, anew at midnight: what was "today" is "yesterday" then. */
export function useToday(): string {
  const [today, setToday] = useState(dayOf);
  useEffect(() => {
    const midnight = new Date(today).setHours(24, 0, 0, 0);
    const timer = setTimeout(() => setToday(dayOf()), midnight - Date.now() + 100);
    return () => clearTimeout(timer);
  }, [today]);
  return today;
}
