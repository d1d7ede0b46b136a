/** The element of this id, which the page has. */
export function find<E extends Element = HTMLElement>(id: string): E {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no #${id}`);
  return element as Element as E;
}

export const percent = (share: number, digits = 1): string => `${(100 * share).toFixed(digits)} %`;

/** A probability: what is only nearly sure is not called 100 %. */
export const certainty = (share: number): string =>
  share < 1 && share >= 0.9995 ? "> 99.9 %" : share > 0 && share < 0.0005 ? "< 0.1 %" : percent(share);

/** Text in place of a number, or of the dash that stands for none. */
export function fill(id: string, text: string | null, none = "–"): void {
  const element = find(id);
  element.textContent = text ?? none;
  element.classList.toggle("empty", text === null);
}

/** What a file input was given, and the input ready for the same file again. */
export async function takeFiles(input: HTMLInputElement) {
  const files = await Promise.all(
    Array.from(input.files ?? [], async (file) => ({
      name: file.name,
      bytes: new Uint8Array(await file.arrayBuffer()),
    })),
  );
  input.value = "";
  return files;
}

export function download(name: string, bytes: Uint8Array<ArrayBuffer>): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], { type: "application/octet-stream" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
