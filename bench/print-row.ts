import { verdict, type Figure, type Row } from './row.ts';

/** A row as it is read on a terminal: the work, what stands beside it, each figure with its verdict. */
export function printRow({ work, beside, figures, gate }: Row): string {
  return [work, `  beside   ${beside}`, ...figures.map((each) => `  ${line(each)}`), `  right    ${gate}`].join('\n');
}

/** All rows as one table of Markdown. */
export function printTable(rows: readonly Row[]): string {
  const lines = rows.flatMap(({ work, figures }) =>
    figures.map(
      (each, index) =>
        `| ${index === 0 ? work : ''} | ${each.name} | ${amount(each.ours)} ${each.unit} | ${
          each.theirs === null ? '' : `${amount(each.theirs)} ${each.unit}`
        } | ${each.ratio === null ? '' : each.ratio.toFixed(2)} | ${each.control?.toFixed(2) ?? ''} | ${asked(each)} | ${verdict(each)} |`,
    ),
  );
  return [
    '| Work | Figure | Ours | Beside | Ratio | Control | Asked | Verdict |',
    '|---|---|---|---|---|---|---|---|',
    ...lines,
  ].join('\n');
}

function line(figure: Figure): string {
  const { name, unit, ours, theirs, ratio, control } = figure;
  const beside = theirs === null || ratio === null ? '' : ` beside ${amount(theirs)} ${unit} = ${ratio.toFixed(2)} ×`;
  const noise = control === null ? '' : ` (control ${control.toFixed(3)})`;
  const wanted = asked(figure) === '' ? '' : ` · ${asked(figure)}: ${verdict(figure)}`;
  return `${name}: ${amount(ours)} ${unit}${beside}${noise}${wanted}`;
}

function asked({ goal }: Figure): string {
  if (goal === null) return '';
  return 'atMost' in goal ? `≤ ${amount(goal.atMost)}` : `≥ ${amount(goal.atLeast)}`;
}

/** Three digits that tell, and no exponent. */
const amount = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en') : Number(value.toPrecision(3)).toString();
