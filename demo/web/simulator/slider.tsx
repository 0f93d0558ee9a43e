export interface SliderProps {
  label: string;
  value: number;
  min?: number;
  max: number;
  onChange(value: number): void;
}

/** A whole number between two bounds. */
export function Slider({ label, value, min = 0, max, onChange }: SliderProps) {
  return (
    <label className="slider">
      <span>
        {label}: <b>{value}</b>
      </span>
      <input
        type="range"
        min={min}
        max={max}
        value={value}
        onChange={({ target }) => onChange(Number(target.value))}
      />
    </label>
  );
}
