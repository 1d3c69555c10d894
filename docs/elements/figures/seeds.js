// What docs/seeds.py has worked out for many seeds, fetched when a reader chooses one.

const FOLDER = new URL("../../seeds/", import.meta.url);

/** @param {"starts" | "ends"} name @returns {Promise<Float64Array>} */
export async function numbersIn(name) {
  const answer = await fetch(new URL(`${name}.bin`, FOLDER));
  if (!answer.ok) throw new Error(`${name}.bin: ${answer.status}`);
  return new Float64Array(await answer.arrayBuffer());
}
