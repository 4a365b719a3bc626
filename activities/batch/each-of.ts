/** Does the same to many things, so many at the same time. */
export async function eachOf<Item>(items: readonly Item[], atOnce: number, body: (item: Item) => Promise<void>): Promise<void> {
  const left = items.values();
  const worker = async (): Promise<void> => {
    for (const item of left) await body(item);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
}
