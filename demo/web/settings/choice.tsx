import { useId } from 'react';

export interface Option<V extends string> {
  value: V;
  label: string;
  /** What it means. */
  hint?: string;
}

export interface ChoiceProps<V extends string> {
  legend: string;
  options: readonly Option<V>[];
  value: V;
  isDisabled?: boolean;
  /** Beside each other, where they are short. */
  isRow?: boolean;
  onChoose(value: V): void;
}

/** One of a few, all in view: arrow keys go from one to the next. */
export function Choice<V extends string>(props: ChoiceProps<V>) {
  const { legend, options, value, isDisabled = false, isRow = false, onChoose } = props;
  const name = useId();
  return (
    <fieldset className={`choice ${isRow ? 'row' : ''}`} disabled={isDisabled}>
      <legend>{legend}</legend>
      <div className="options">
        {options.map((option) => (
          <label key={option.value} className="option">
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              aria-describedby={option.hint && `${name}-${option.value}`}
              onChange={() => onChoose(option.value)}
            />
            <span className="option-label">{option.label}</span>
            {option.hint && <small id={`${name}-${option.value}`}>{option.hint}</small>}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
