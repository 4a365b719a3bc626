const NAME = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}$/;

function check(key: string): string {
  if (key.split('/').every((name) => NAME.test(name))) return key;
  throw new Error(`Cannot use store key "${key}": each part must match ${NAME.source}; build keys from hashes and plain names`);
}

/**
 * Returns the key when it is well formed, so no key can point outside the store.
 * @throws Error otherwise.
 */
export function checkKey(key: string): string {
  return check(key);
}

/** Like `checkKey`; the empty prefix means the whole store. */
export function checkPrefix(prefix: string): string {
  return prefix === '' ? prefix : check(prefix);
}
