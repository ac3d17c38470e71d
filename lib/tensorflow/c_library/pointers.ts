/** The address behind a pointer: zero for null. */
export function addressOf(pointer: Deno.PointerValue): bigint {
  return pointer === null ? 0n : Deno.UnsafePointer.value(pointer);
}

/** Addresses of a row of pointers, as C wants an array of pointers. */
export function pointerArray(pointers: readonly Deno.PointerValue[]): BigUint64Array<ArrayBuffer> {
  return BigUint64Array.from(pointers, addressOf);
}

/** The pointers behind a row of addresses, as C fills in an array of pointers. */
export function pointersAt(addresses: BigUint64Array): Deno.PointerValue[] {
  return Array.from(addresses, (address) => Deno.UnsafePointer.create(address));
}
