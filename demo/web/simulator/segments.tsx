import { useId } from 'react';

export interface SegmentsProps<T extends string> {
  legend: string;
  options: readonly { readonly value: T; readonly label: string }[];
  value: T | undefined;
  onChange(value: T): void;
}

/** One of a few, side by side. */
export function Segments<T extends string>({ legend, options, value, onChange }: SegmentsProps<T>) {
  const name = useId();
  return (
    <fieldset className="segments">
      <legend>{legend}</legend>
      <div>
        {options.map(({ value: each, label }) => (
          <label key={each}>
            <input
              type="radio"
              name={name}
              value={each}
              checked={each === value}
              onChange={() => onChange(each)}
            />
            <span className="segment">{label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
