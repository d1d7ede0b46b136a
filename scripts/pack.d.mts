export function pack(bytes: Uint8Array): { order: string; text: string };
