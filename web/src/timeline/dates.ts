// Days as whole numbers, counted from 1970-01-01, and as ISO texts.
const day = 86_400_000;

export function ordinal(iso: string): number {
  return Math.round(Date.parse(`${iso}T00:00:00Z`) / day);
}

export function iso(of: number): string {
  return new Date(of * day).toISOString().slice(0, 10);
}

/** The same day of the month some months later or earlier, or the last of that month. */
export function monthsLater(of: number, months: number): number {
  const from = new Date(of * day);
  const to = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + months, 1));
  const last = new Date(Date.UTC(to.getUTCFullYear(), to.getUTCMonth() + 1, 0)).getUTCDate();
  to.setUTCDate(Math.min(from.getUTCDate(), last));
  return Math.round(to.getTime() / day);
}

/** A day as people read it: 1 July 2009. */
export function readable(of: string): string {
  return new Date(`${of}T00:00:00Z`).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
}

export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(ordinal(text)) && iso(ordinal(text)) === text;
}
