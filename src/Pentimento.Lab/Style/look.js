// Look: what the networks answer and where they look. Cues: whom the answer follows as another image's cue comes in.
import { card, chosen, colors, elsewhere, find, latest, make, opens, remember, shape } from './ask.js';

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
  const cue = find('cue').value, dose = find('dose'), pictures = {};
  if (find('donor')) find('donor').closest('label').hidden = cue === 'hue';
  const asked = { ...chosen(), cue, donor: cue === 'hue' ? null : Number(find('donor')?.value), dose: Number(dose.value) };
  latest('ask/cue', asked, frame => {
    Object.assign(pictures, frame.pictures);
    dose.max = frame.doses.length - 1;
    const share = frame.places.length / frame.doses.length;
    find('refining').classList.toggle('idle', share === 1);
    find('refining').querySelector('progress').value = share;
    dose.oninput = () => {
      // Until all are there, the nearest that is known is shown.
      const wished = Number(dose.value), nearest = (a, b) => Math.abs(b - wished) < Math.abs(a - wished) ? b : a;
      const place = frame.places.reduce(nearest), row = frame.places.indexOf(place), said = written(frame.doses[place], cue);
      find('said').textContent = said;
      dose.setAttribute('aria-valuetext', said);
      find('shown').src = pictures[place];
      find('answers').replaceChildren(...frame.curves.map(curve => card({
        network: curve.network,
        classes: curve.classes.map((name, c) => ({ class: name, share: curve.shares[row][c] })).sort((a, b) => b.share - a.share).slice(0, 5),
      }, `${curve.network}: ${curve.predicted[row]}`)));
      for (const line of document.querySelectorAll('.curve line')) {
        const x = 40 + Number(line.closest('svg').dataset.span) * place / (frame.doses.length - 1);
        line.setAttribute('x1', x);
        line.setAttribute('x2', x);
      }
      remember();
    };
    find('curves').replaceChildren(...frame.curves.map(curve => plot(frame, curve, cue)));
    dose.oninput();
    elsewhere(frame.elsewhere);
  });
}
const written = (dose, cue) => cue === 'hue' ? `${dose}°` : `${Math.round(100 * dose)}%`;
function plot(frame, curve, cue) {
  // On a phone the same letters need a narrower drawing.
  const width = find('curves').clientWidth < 520 ? 380 : 720, span = width - 160, whole = frame.places.length === frame.doses.length;
  const svg = shape('svg', { viewBox: `0 0 ${width} 210`, class: 'curve', role: 'img', 'data-span': span,
    'aria-label': `${curve.network}: probabilities of ${curve.classes.join(', ')} along the ${cue === 'hue' ? 'hues' : 'dose'}` });
  const x = place => 40 + span * place / (frame.doses.length - 1), y = share => 180 - 150 * share;
  svg.append(shape('text', { x: 40, y: 18 }, curve.network), shape('text', { x: 4, y: y(1) + 4 }, '100%'),
    shape('text', { x: 14, y: y(0) + 4 }, '0%'),
    shape('text', { x: 40, y: 202 }, written(frame.doses[0], cue)),
    shape('text', { x: 40 + span, y: 202, 'text-anchor': 'end' }, written(frame.doses.at(-1), cue)),
    shape('text', { x: 40 + span / 2, y: 202, 'text-anchor': 'middle' }, cue === 'hue' ? 'hue' : 'dose of the cue'),
    shape('line', { x1: 40, x2: 40, y1: 30, y2: 180, stroke: 'currentColor', 'stroke-dasharray': '3 3' }));
  curve.classes.forEach((name, c) => {
    const color = colors[c % colors.length], solid = c < colors.length;
    const points = curve.shares.map((row, at) => [x(frame.places[at]), y(row[c])]);
    // Between doses that are not known yet nothing is drawn.
    if (whole) svg.append(shape('polyline', { points: points.join(' '), style: `stroke: ${color}`, 'stroke-dasharray': solid ? '' : '6 4' }));
    else svg.append(...points.map(([cx, cy]) => shape('circle', { cx, cy, r: 3, style: `fill: ${color}` })));
    svg.append(shape('text', { x: span + 46, y: 40 + 15 * c, style: `fill: ${color}` }, solid ? name : `┄ ${name}`));
  });
  return svg;
}
