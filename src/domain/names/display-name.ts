// Words that lead into a surname and do not stand for it: "de la Cruz", "dos Santos".
const PARTICLES = new Set('de del la las lo los el y san santa da das do dos e di van von der den'.split(' '));

/** First names and first surname, as headers carry it: "María José de la Cruz" [NM1]. Null when there is no name. */
export function displayName(firstName: string, lastName: string): string | null {
  const name = [...words(firstName), ...firstSurname(lastName)].join(' ');
  return name === '' ? null : name;
}

/** "María O.": first name and initial of the surname, for the waiting room [NM2]. Null when there is no first name. */
export function shortName(firstName: string, lastName: string): string | null {
  const first = words(firstName)[0];
  if (first === undefined) return null;
  const initial = firstSurname(lastName).at(-1)?.match(/^./u)?.[0];
  return initial === undefined ? first : `${first} ${initial.toUpperCase()}.`;
}

/**
 * Last four letters or digits of a document [NM3]. Null when it has no more than four: a header never carries a whole
 * document.
 */
export function documentLast4(documentNumber: string): string | null {
  const letters = documentNumber.match(/[\p{L}\p{N}]/gu) ?? [];
  return letters.length > 4 ? letters.slice(-4).join('') : null;
}

function words(text: string): string[] {
  return text
    .normalize('NFC')
    .split(/\s+/u)
    .filter((word) => word !== '');
}

/** The words of the first surname, its particles before it. */
function firstSurname(lastName: string): string[] {
  const all = words(lastName);
  const end = all.findIndex((word) => !PARTICLES.has(word.toLowerCase()));
  return end === -1 ? all : all.slice(0, end + 1);
}
