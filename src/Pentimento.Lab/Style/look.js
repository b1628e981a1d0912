// Look: what the networks answer and where they look. Cues: whom the answer follows as another image's cue comes in.
import { ask, card, chosen, colors, elsewhere, find, latest, make, opens, remember, shape } from './ask.js';

export function look() {
  const asked = { ...chosen(), method: find('method').value, layer: find('layer').value, ownScale: find('own').checked };
  latest('ask/look', asked, ({ answer, doing, share }) => {
    find('refining').classList.toggle('idle', doing === null);
    find('refining').querySelector('code').textContent = doing ?? '';
    find('refining').querySelector('progress').value = share;
    if (!answer) return;
    const seen = make('section', { class: 'answer' }, make('h2', {}, answer.label === null ? 'the image' : `the image: ${answer.label}`),
      make('img', { src: answer.picture, alt: 'The image as the networks read it', ...opens }));
    find('answers').replaceChildren(seen, ...answer.networks.map(one => card(one)));
    elsewhere(answer.elsewhere);
  });
}
export function cues() {
  const cue = find('cue').value;
  if (find('donor')) find('donor').closest('label').hidden = cue === 'hue';
  latest('ask/cue', { ...chosen(), cue, donor: cue === 'hue' ? null : Number(find('donor')?.value) }, answer => {
    const dose = find('dose');
    dose.max = answer.doses.length - 1;
    dose.oninput = () => {
      const at = Number(dose.value);
      find('shown').src = answer.pictures[at];
      find('answers').replaceChildren(...answer.curves.map(curve => card({
        network: curve.network,
        classes: curve.classes.map((name, c) => ({ class: name, share: curve.shares[at][c] })).sort((a, b) => b.share - a.share).slice(0, 5),
      }, `${curve.network}: ${curve.predicted[at]}`)));
      for (const line of document.querySelectorAll('.curve line')) {
        const x = 40 + Number(line.closest('svg').dataset.span) * at / (answer.doses.length - 1);
        line.setAttribute('x1', x);
        line.setAttribute('x2', x);
      }
      remember();
    };
    find('curves').replaceChildren(...answer.curves.map(curve => plot(answer, curve)));
    dose.oninput();
    elsewhere(answer.elsewhere);
  });
}
function plot(answer, curve) {
  // On a phone the same letters need a narrower drawing.
  const width = find('curves').clientWidth < 520 ? 380 : 720, span = width - 160;
  const svg = shape('svg', { viewBox: `0 0 ${width} 210`, class: 'curve', role: 'img', 'data-span': span,
    'aria-label': `${curve.network}: probabilities of ${curve.classes.join(', ')} along the dose` });
  const x = at => 40 + span * at / (answer.doses.length - 1), y = share => 180 - 150 * share;
  svg.append(shape('text', { x: 40, y: 18 }, curve.network), shape('text', { x: 4, y: y(1) + 4 }, '100%'),
    shape('text', { x: 14, y: y(0) + 4 }, '0%'),
    shape('text', { x: 40, y: 202 }, String(answer.doses[0])), shape('text', { x: span + 15, y: 202 }, String(answer.doses.at(-1))),
    shape('line', { x1: 40, x2: 40, y1: 30, y2: 180, stroke: 'currentColor', 'stroke-dasharray': '3 3' }));
  curve.classes.forEach((name, c) => {
    const stroke = colors[c % colors.length];
    svg.append(shape('polyline', { points: curve.shares.map((row, at) => `${x(at)},${y(row[c])}`).join(' '), style: `stroke: ${stroke}`,
      'stroke-dasharray': c < colors.length ? '' : '6 4' }));
    const place = { x: span + 46, y: 40 + 15 * c, style: `fill: ${stroke}` };
    svg.append(shape('text', place, c < colors.length ? name : `┄ ${name}`));
  });
  return svg;
}
