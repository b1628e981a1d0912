// Inside: the channels of a layer or the features of an autoencoder, and the network without some of them.
import { ask, card, chosen, elsewhere, find, latest, main, make, opens, shape } from './ask.js';

export function inside() {
  latest('ask/inside', { ...edited(), order: find('order').value }, answer => {
    const unit = answer.unit, touched = ablated.size + steered.size, said = `with ${touched} changed`;
    find('answers').replaceChildren(card(answer.before, 'as it is'), card(answer.after, said));
    find('accuracy').textContent = answer.counted === 0 ? '' : `Accuracy on ${answer.counted.toLocaleString('en')} images: ` +
      `${(100 * answer.accuracyBefore).toFixed(1)}% as it is, ${(100 * answer.accuracyAfter).toFixed(1)}% with ${ablated.size} ablated` +
      `${steered.size ? ` and ${steered.size} steered` : ''}.`;
    find('explained').textContent = answer.explained === null ? '' : `The autoencoder explains ${(100 * answer.explained).toFixed(1)}% of the ` +
      `variance of this network’s activations here. ${answer.note ?? ''}`;
    const focused = document.activeElement?.dataset?.channel, looked = document.activeElement?.dataset?.card;
    find('channels').replaceChildren(...answer.channels.map(({ channel, picture: map, mean, share }) => {
      const look = make('button', { type: 'button', 'data-card': channel, 'aria-label': `card of ${unit} ${channel}`,
        title: `${unit} ${channel}, mean ${mean.toPrecision(3)}` }, make('img', { src: map, alt: '' }));
      const ablate = make('button', { type: 'button', 'aria-pressed': ablated.has(channel), 'data-channel': channel,
        'aria-label': `ablate ${unit} ${channel}` }, `${channel}${steered.has(channel) ? ' ±' : ''}`);
      if (share !== null) ablate.append(make('span', { class: 'share' }, ` ${(100 * share).toFixed(0)}%`));
      look.addEventListener('click', () => inspect(channel));
      ablate.addEventListener('click', () => mute(channel));
      return make('div', { class: ablated.has(channel) ? 'off' : '' }, look, ablate);
    }));
    if (focused !== undefined) document.querySelector(`[data-channel="${focused}"]`)?.focus();
    if (looked !== undefined) document.querySelector(`[data-card="${looked}"]`)?.focus();
    if (answer.hidden) find('channels').append(make('p', {}, `and ${answer.hidden} more`));
    if (answer.silent) find('channels').append(make('p', { class: 'silent' }, `${answer.silent} ${unit}s are active in none of the images.`));
    find('undo').disabled = history_.length === 0;
    find('clear').disabled = find('save').disabled = touched === 0;
    elsewhere(answer.elsewhere);
    recard();
  });
}

// Ablating and steering can be taken back step by step.
const ablated = new Set(), steered = new Map(), history_ = [];
const edited = () => ({ ...chosen(), model: find('model').value, layer: find('layer').value, ablated: [...ablated],
  steered: [...steered].map(([channel, added]) => ({ channel, added })) });
const keep = () => history_.push([[...ablated], [...steered]]);
function mute(channel) {
  keep();
  if (!ablated.delete(channel)) ablated.add(channel);
  inside();
}
function steer(channel, added) {
  keep();
  added === 0 ? steered.delete(channel) : steered.set(channel, added);
  inside();
}
function back([channels, shifts]) {
  ablated.clear();
  steered.clear();
  for (const channel of channels) ablated.add(channel);
  for (const [channel, added] of shifts) steered.set(channel, added);
  inside();
}
find('undo')?.addEventListener('click', () => back(history_.pop() ?? [[], []]));
find('clear')?.addEventListener('click', () => { keep(); back([[], []]); });

// The card of a channel or feature: what it reacts to, how its values are spread with the image at hand among them, what it tells, and how to
// ablate and steer it.
let carded = null;
const pictured = () => JSON.stringify(chosen());
// The card goes with the image, and with what is undone.
function recard() {
  if (!carded || find('card').hidden) return;
  if (carded.image !== pictured()) inspect(carded.channel);
  else if (find('steer')) {
    find('steer').value = (steered.get(carded.channel) ?? 0) / carded.unit;
    find('ablate').setAttribute('aria-pressed', ablated.has(carded.channel));
  }
}
const round = value => value.toPrecision(3);
async function inspect(channel) {
  const box = find('card');
  box.hidden = false;
  try {
    const told = await (await ask('ask/channel', { ...edited(), channel })).json();
    // A channel that is silent is steered by ones.
    const unit = told.largest > 0 ? told.largest : 1;
    carded = { channel, unit, image: pictured() };
    const bars = told.histogram, most = Math.max(...bars);
    const at = (told.here - told.low) / Math.max(1e-12, told.high - told.low), [from, to, here] = [told.low, told.high, told.here].map(round);
    const svg = shape('svg', { viewBox: '0 0 240 88', class: 'histogram', role: 'img',
      'aria-label': `Largest values of ${told.count} images from ${from} to ${to}; here ${here}` });
    bars.forEach((count, bin) => {
      const height = 64 * count / most;
      svg.append(shape('rect', { x: 12 * bin, y: 70 - height, width: 11, height }));
    });
    svg.append(shape('line', { x1: 240 * at, x2: 240 * at, y1: 2, y2: 72 }), shape('text', { x: 0, y: 85 }, from),
      shape('text', { x: 240, y: 85, 'text-anchor': 'end' }, to));
    const slider = make('input', { type: 'range', min: -2, max: 2, step: 0.1, value: (steered.get(channel) ?? 0) / unit, id: 'steer' });
    const ablate = make('button', { type: 'button', id: 'ablate', 'aria-pressed': ablated.has(channel) }, 'Ablate');
    ablate.addEventListener('click', () => mute(channel));
    const where = make('figure', {},
      make('img', { src: told.map ?? '', alt: `Where in the image at hand ${told.unit} ${channel} is active`, ...opens }),
      make('figcaption', {}, 'where in the image at hand'));
    slider.addEventListener('change', () => steer(channel, Number((slider.value * unit).toPrecision(4))));
    const top = told.top.map(({ picture: address, class: name, value }) =>
      make('figure', {}, make('img', { src: address, alt: `Image of class ${name}`, ...opens }),
        make('figcaption', {}, name, make('br'), round(value))));
    box.replaceChildren(make('h2', {}, `${told.unit[0].toUpperCase()}${told.unit.slice(1)} ${channel} of ${told.layer}`),
      make('div', { class: 'top' }, ...told.map ? [where] : [], ...top),
      make('p', { class: 'fine' }, told.active === 0 ? `It is active in none of ${told.count.toLocaleString('en')} images.` :
        `Its strongest images of ${told.count.toLocaleString('en')}, of which ${told.active.toLocaleString('en')} activate it, and below how the ` +
        `largest values of all are spread; the line is the image at hand, ${here}.`), svg,
      make('ul', {}, ...told.information.map(({ name, share, pValue }) => make('li', {},
        `tells ${(100 * share).toFixed(1)}% of the ${name} (p ${pValue < 0.01 ? '< 0.01' : `= ${pValue.toFixed(2)}`})`))),
      ablate, make('label', {}, 'Steer: add so many times its largest value', slider));
  } catch (failure) {
    box.replaceChildren(make('p', { role: 'alert' }, failure.message));
  }
}
// The network without the ablated channels, as a file: a job like any other, which this screen follows.
find('save')?.addEventListener('click', async () => {
  const said = find('saved'), wait = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));
  try {
    const { id } = await (await ask('ask/save', edited())).json();
    for (let job = null; job?.state !== 'done'; await wait(300)) {
      job = JSON.parse(await (await fetch('jobs.json')).text()).find(one => one.job.id === id).job;
      if (job.state === 'failed' || job.state === 'cancelled') throw new Error(job.message || 'The job was cancelled.');
      said.textContent = `Job ${id}: ${job.state}.`;
      const [files, out] = [`jobs/${id}/files`, job.settings.out];
      if (job.state === 'done') said.replaceChildren('Saved: ', make('a', { href: `${files}/${out}`, download: out }, out),
        ', with ', make('a', { href: `${files}/page.html` }, 'the page of the edit'), '.');
    }
  } catch (failure) {
    said.textContent = failure.message;
  }
});
const anew = () => { ablated.clear(); steered.clear(); history_.length = 0; if (find('card')) find('card').hidden = true; };
// Each network has layers of its own.
function offerLayers(wished) {
  const { cuts, usual, features } = find('model').selectedOptions[0].dataset;
  const names = JSON.parse(cuts), parts = Object.entries(JSON.parse(features));
  find('layer').replaceChildren(...names.map(name => make('option', {}, name)), ...parts.length === 0 ? [] : [
    make('optgroup', { label: 'Features of an autoencoder' }, ...parts.map(([name, cut]) => make('option', { value: name }, `${cut}: ${name}`)))]);
  find('layer').value = names.includes(wished) || parts.some(([name]) => name === wished) ? wished : usual;
}
if (main.dataset.screen === 'inside') {
  offerLayers(new URLSearchParams(location.search).get('layer'));
  find('model').addEventListener('change', () => { anew(); offerLayers(find('layer').value); });
}
if (main.dataset.screen === 'inside') find('layer')?.addEventListener('change', anew);
