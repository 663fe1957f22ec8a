// The day the design is judged as of: written as every day here is, YYYY-MM-DD, or picked from the browser's calendar.
import { useRef, useState } from "preact/hooks";
import { asOf, day, now } from "../state";

function isDay(written: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(written) && new Date(`${written}T00:00:00Z`).toJSON()?.slice(0, 10) === written;
}

export function DayChoice() {
  const picker = useRef<HTMLInputElement>(null);
  const [draft, setDraft] = useState<string | null>(null);
  const choose = (written: string) => {
    if (!isDay(written)) {
      setDraft(written);
      return;
    }
    setDraft(null);
    asOf.value = written === now.value ? "" : written;
  };
  return (
    <span class="day">
      <label for="as-of">as of</label>
      <input id="as-of" type="text" inputMode="numeric" placeholder="YYYY-MM-DD" maxLength={10} autocomplete="off" spellcheck={false}
        value={draft ?? day.value} aria-invalid={draft !== null} onInput={(event) => choose(event.currentTarget.value.trim())} onBlur={() => setDraft(null)} />
      <button type="button" class="quiet pick" aria-label="Pick a day" title="Pick a day" onClick={() => picker.current?.showPicker()}>
        <svg viewBox="0 0 20 20" width="16" height="16" aria-hidden="true"><path d="M4 5h12v11H4zM4 8.5h12M7 3v3M13 3v3" class="stroke" /></svg>
      </button>
      <input ref={picker} type="date" tabIndex={-1} aria-hidden="true" value={day.value} onInput={(event) => choose(event.currentTarget.value)} />
      <button type="button" class="quiet today" onClick={() => { setDraft(null); asOf.value = ""; }} disabled={asOf.value === ""}>Today</button>
    </span>
  );
}
