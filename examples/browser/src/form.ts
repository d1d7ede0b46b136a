/** @file The settings that the person types. */
export interface Settings {
  /** The step size of SGD at the start; it falls to 0 over the run. */
  lr: number;
  /** Passes over the training digits. */
  epochs: number;
  /** Of the weights and of the order of the digits. */
  seed: number;
}

export type Checked = { settings: Settings } | { errors: Partial<Record<keyof Settings, string>> };

/** Reads the settings as they were typed; each that does not fit has an error in plain words. */
export function checkSettings(typed: Record<keyof Settings, string>): Checked {
  const errors: Partial<Record<keyof Settings, string>> = {};
  // Many write 0,05.
  const lr = decimal(typed.lr.trim().replace(",", "."));
  const epochs = whole(typed.epochs.trim());
  const seed = whole(typed.seed.trim());
  if (!(lr > 0 && lr <= 1)) errors.lr = "Learning rate: a number above 0, at most 1, such as 0.05.";
  if (!(epochs >= 1 && epochs <= 100)) errors.epochs = "Epochs: a whole number from 1 to 100.";
  if (!(seed <= 0xffffffff)) errors.seed = "Seed: a whole number from 0 to 4294967295.";
  return Object.keys(errors).length > 0 ? { errors } : { settings: { lr, epochs, seed } };
}

const whole = (text: string) => (/^\d{1,10}$/.test(text) ? Number(text) : Number.NaN);
const decimal = (text: string) => (/^(\d+\.?\d*|\.\d+)(e-?\d+)?$/i.test(text) ? Number(text) : Number.NaN);
