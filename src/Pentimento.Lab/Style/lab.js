// The lab's screens: each asks the server about the image that is chosen, and shows what it answers.
const main = document.querySelector('main[data-screen]');
const screen = main.dataset.screen;
const find = id => document.getElementById(id);
const colors = ['var(--lazy)', 'var(--repaired)', 'var(--set-0)', 'var(--set-1)', 'var(--set-2)', 'var(--set-3)'];
// A picture that opens large.
const opens = { 'data-open': '', role: 'button', tabindex: 0 };
let picture = null;

function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined && value !== null) element.setAttribute(key, value);
  element.append(...children);
  return element;
}
function chosen() {
  const asked = picture ? { picture } : { image: Number(find('image')?.value ?? 0) };
  return asked;
}
async function ask(path, question, signal) {
  const response = await fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(question), signal });
  if (!response.ok) throw new Error((await response.text()).trim());
  return response;
}
// A new question takes the place of one that is still being answered.
let asking = null;
async function latest(path, question, show) {
  asking?.abort();
  const mine = asking = new AbortController();
  main.setAttribute('aria-busy', 'true');
  try {
    await each(await ask(path, question, mine.signal), show);
  } catch (failure) {
    if (failure.name !== 'AbortError') refuse(failure.message);
  } finally {
    if (asking === mine) main.removeAttribute('aria-busy');
  }
}
// An answer is one, or a line for each of its frames.
async function each(response, show) {
  if (!response.headers.get('Content-Type').startsWith('application/jsonl')) return show(await response.json());
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (let rest = '', part = await reader.read(); !part.done; part = await reader.read()) {
    const lines = (rest + part.value).split('\n');
    rest = lines.pop();
    for (const frame of lines.map(line => JSON.parse(line))) {
      if (frame.refusal) throw new Error(frame.refusal);
      show(frame);
    }
  }
}
function refuse(message) {
  find('answers')?.replaceChildren(make('p', { role: 'alert' }, message));
  find('refining')?.classList.add('idle');
}
function card(answer, title) {
  const list = make('ol');
  for (const { class: name, share } of answer.classes) {
    list.append(make('li', {}, make('span', {}, name), make('span', {}, `${(100 * share).toFixed(1)}%`),
      make('meter', { min: 0, max: 1, value: share, 'aria-label': `Probability of ${name}` })));
  }
  const box = make('section', { class: 'answer' }, make('h2', {}, title ?? answer.network));
  if (answer.map) box.append(make('img', { src: answer.map, alt: `Where ${answer.network} looks`, ...opens }));
  box.append(list);
  if (answer.note) box.append(make('p', { class: 'fine' }, answer.note));
  return box;
}
function elsewhere(asked) {
  if (!asked) return;
  find('command').textContent = asked.command;
  find('code').textContent = asked.code;
}
for (const button of document.querySelectorAll('[data-copy]')) {
  button.addEventListener('click', () => navigator.clipboard?.writeText(find(button.dataset.copy).textContent));
}
// The address holds the state, so that it can be kept and shared.
function remember() {
  const state = new URLSearchParams(location.search);
  const kept = 'input[id]:not([type=file]):not([type=color]):not([type=checkbox]), select[id]';
  for (const input of main.querySelectorAll(kept)) state.set(input.id, input.value);
  history.replaceState(null, '', `${location.pathname}?${state}`);
}
for (const [key, value] of new URLSearchParams(location.search)) {
  const input = find(key);
  if (input && main.contains(input) && 'value' in input && input.closest('.choice')) input.value = value;
}

const screens = {
  look() {
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
  },
  cues() {
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
  },
  attack() {
    find('radius-shown').value = find('radius').value;
    latest('ask/look', chosen(), ({ answer }) => {
      find('shown').src = answer.picture;
      find('change').removeAttribute('src');
      find('status').textContent = '';
      find('parts').replaceChildren();
      find('answers').replaceChildren(...answer.networks.map(one => card(one)));
    });
    ask('ask/attack/code', attackQuestion()).then(response => response.json()).then(elsewhere, () => {});
  },
  inside() {
    latest('ask/inside', { ...edited(), order: find('order').value }, answer => {
      const unit = answer.unit, touched = ablated.size + steered.size, said = `with ${touched} changed`;
      find('answers').replaceChildren(card(answer.before, 'as it is'), card(answer.after, said));
      find('accuracy').textContent = answer.counted === 0 ? '' : `Accuracy on ${answer.counted.toLocaleString('en')} images: ` +
        `${(100 * answer.accuracyBefore).toFixed(1)}% as it is, ${(100 * answer.accuracyAfter).toFixed(1)}% with ${ablated.size} ablated` +
        `${steered.size ? ` and ${steered.size} steered` : ''}.`;
      find('explained').textContent = answer.explained === null ? '' : `The autoencoder explains ${(100 * answer.explained).toFixed(1)}% of the ` +
        'variance of this network’s activations here. One that learned from another network explains little, or less than nothing.';
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
  },
};

function shape(name, attributes, text) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  // A style set as an attribute would be against the page's policy.
  for (const [key, value] of Object.entries(attributes)) key === 'style' ? element.style.cssText = value : element.setAttribute(key, value);
  if (text !== undefined) element.textContent = text;
  return element;
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

// Ablating and steering can be taken back step by step.
const ablated = new Set(), steered = new Map(), history_ = [];
const edited = () => ({ ...chosen(), model: find('model').value, layer: find('layer').value, ablated: [...ablated],
  steered: [...steered].map(([channel, added]) => ({ channel, added })) });
const keep = () => history_.push([[...ablated], [...steered]]);
function mute(channel) {
  keep();
  if (!ablated.delete(channel)) ablated.add(channel);
  screens.inside();
}
function steer(channel, added) {
  keep();
  added === 0 ? steered.delete(channel) : steered.set(channel, added);
  screens.inside();
}
function back([channels, shifts]) {
  ablated.clear();
  steered.clear();
  for (const channel of channels) ablated.add(channel);
  for (const [channel, added] of shifts) steered.set(channel, added);
  screens.inside();
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
if (screen === 'inside') {
  offerLayers(new URLSearchParams(location.search).get('layer'));
  find('model').addEventListener('change', () => { anew(); offerLayers(find('layer').value); });
}
if (screen === 'inside') find('layer')?.addEventListener('change', anew);

// The attack comes frame by frame and can be stopped between them.
let attacking = null;
function attackQuestion() {
  return { ...chosen(), model: find('model').value, radius: Number(find('radius').value) / 255 };
}
async function attack() {
  attacking?.abort();
  const mine = attacking = new AbortController();
  find('stop').disabled = false;
  try {
    await each(await ask('ask/attack', attackQuestion(), mine.signal), frame);
  } catch (failure) {
    if (failure.name !== 'AbortError') refuse(failure.message);
    else find('status').textContent = 'Stopped.';
  } finally {
    find('stop').disabled = true;
  }
}
function frame({ steps, picture: after, change, networks, fooled, last, parts }) {
  find('shown').src = after;
  find('change').src = change;
  find('answers').replaceChildren(...networks.map(one => card(one)));
  find('status').textContent = `${steps} step${steps === 1 ? '' : 's'}: ${fooled ? 'fooled.' : last ? 'not fooled within this radius.' : 'not yet.'}`;
  exploited(parts);
}
// What an attack exploits: the parts of its change that fool by themselves.
function exploited(parts) {
  const percent = share => `${(100 * share).toFixed(0)}%`;
  find('parts').replaceChildren(...parts.length === 0 ? [] : [make('p', {}, 'What it exploits, each part of the change by itself:'),
    make('ul', {}, ...parts.map(({ part, share, fools }) => make('li', {}, `what is ${part} (${percent(share)} of the change): `,
      make('strong', {}, fools ? 'fools' : 'does not fool'))))]);
}
find('start')?.addEventListener('click', attack);
find('stop')?.addEventListener('click', () => attacking?.abort());

// The image: a number, a file, a drop, a drawing, the camera.
function use(bytes) {
  picture = bytes;
  screens[screen]?.();
}
async function useFile(file) {
  const buffer = new Uint8Array(await file.arrayBuffer());
  let text = '';
  for (let at = 0; at < buffer.length; at += 32768) text += String.fromCharCode(...buffer.subarray(at, at + 32768));
  use(btoa(text));
}
find('picture')?.addEventListener('change', event => event.target.files[0] && useFile(event.target.files[0]));
addEventListener('dragover', event => event.preventDefault());
addEventListener('drop', event => {
  event.preventDefault();
  if (event.dataTransfer.files[0] && screens[screen]) useFile(event.dataTransfer.files[0]);
});
function step(by) {
  const input = find('image');
  input.value = Math.min(Number(input.max), Math.max(0, Number(input.value) + by));
  picture = null;
  remember();
  screens[screen]();
}
find('previous')?.addEventListener('click', () => step(-1));
find('next')?.addEventListener('click', () => step(1));
const canvas = find('canvas');
if (canvas) {
  const pen = canvas.getContext('2d');
  const wipe = () => { pen.fillStyle = '#000'; pen.fillRect(0, 0, canvas.width, canvas.height); };
  const place = event => {
    const box = canvas.getBoundingClientRect();
    return [(event.clientX - box.left) * canvas.width / box.width, (event.clientY - box.top) * canvas.height / box.height];
  };
  wipe();
  find('draw').addEventListener('click', event => {
    const hidden = find('drawing').toggleAttribute('hidden');
    event.target.setAttribute('aria-expanded', !hidden);
  });
  find('wipe').addEventListener('click', wipe);
  let last = null;
  canvas.addEventListener('pointerdown', event => { canvas.setPointerCapture(event.pointerId); last = place(event); });
  canvas.addEventListener('pointermove', event => {
    if (!last) return;
    const now = place(event);
    Object.assign(pen, { strokeStyle: find('ink').value, lineWidth: 24, lineCap: 'round' });
    pen.beginPath();
    pen.moveTo(...last);
    pen.lineTo(...now);
    pen.stroke();
    last = now;
  });
  canvas.addEventListener('pointerup', () => { last = null; use(canvas.toDataURL('image/png').split(',')[1]); });
  find('ink').addEventListener('input', () => {
    // The whole drawing takes the new colour: what was learned about colour shows at once.
    const data = pen.getImageData(0, 0, canvas.width, canvas.height), ink = find('ink').value;
    const paint = [1, 3, 5].map(at => parseInt(ink.slice(at, at + 2), 16));
    for (let at = 0; at < data.data.length; at += 4) {
      const light = Math.max(data.data[at], data.data[at + 1], data.data[at + 2]) / 255;
      for (let c = 0; c < 3; c++) data.data[at + c] = light * paint[c];
    }
    pen.putImageData(data, 0, 0);
    use(canvas.toDataURL('image/png').split(',')[1]);
  });
  // The camera is on from the button until a picture is taken, the button is pressed again, or the page is left.
  const video = find('video');
  const view = stream => {
    for (const track of video.srcObject?.getTracks() ?? []) track.stop();
    video.srcObject = stream;
    find('viewer').hidden = !stream;
    find('camera').setAttribute('aria-expanded', !!stream);
  };
  find('camera').addEventListener('click', async () => {
    if (video.srcObject) return view(null);
    try {
      view(await navigator.mediaDevices.getUserMedia({ video: true }));
      await video.play();
    } catch (failure) {
      view(null);
      refuse(`The camera cannot be used: ${failure.message}`);
    }
  });
  find('shutter').addEventListener('click', () => {
    const side = Math.min(video.videoWidth, video.videoHeight);
    if (side === 0) return;
    pen.drawImage(video, (video.videoWidth - side) / 2, (video.videoHeight - side) / 2, side, side, 0, 0, canvas.width, canvas.height);
    view(null);
    find('drawing').hidden = false;
    find('draw').setAttribute('aria-expanded', true);
    use(canvas.toDataURL('image/png').split(',')[1]);
  });
  addEventListener('pagehide', () => view(null));
}
if (screens[screen]) {
  main.addEventListener('change', event => {
    if (!event.target.closest('.choice') || ['picture', 'ink', 'dose'].includes(event.target.id)) return;
    if (event.target.id === 'image') picture = null;
    remember();
    screens[screen]();
  });
  find('radius')?.addEventListener('input', () => { find('radius-shown').value = find('radius').value; });
  screens[screen]();
}

// Jobs: asked for by a form, followed by looking twice a second.
find('job')?.addEventListener('submit', async event => {
  event.preventDefault();
  try {
    await ask('jobs', { operation: event.target.dataset.operation, settings: given(event.target) });
    location.href = new URL('jobs', document.baseURI);
  } catch (failure) {
    find('refusal').textContent = failure.message;
  }
});
find('job')?.addEventListener('input', event => command(event.currentTarget));
const given = form => Object.fromEntries([...new FormData(form)].filter(([, value]) => value !== ''));
function command(form) {
  ask('ask/job', { operation: form.dataset.operation, settings: given(form) }).then(response => response.json()).then(elsewhere, () => {});
}
if (find('job')) command(find('job'));
if (find('jobs')) {
  const act = (id, what) => ask(`jobs/${id}/${what}`, {}).then(follow);
  const button = (text, action) => { const made = make('button', { type: 'button' }, text); made.addEventListener('click', action); return made; };
  let shown = '';
  const unfolded = new Set();
  function curve({ name, points }) {
    const values = points.map(([, value]) => value), low = Math.min(...values), high = Math.max(...values);
    const svg = shape('svg', { viewBox: '0 0 300 90', class: 'curve', role: 'img',
      'aria-label': `${name}: from ${values[0]} to ${values.at(-1)}` });
    svg.append(shape('polyline', { style: 'stroke: var(--link)',
      points: points.map(([share, value]) => `${6 + 240 * share},${70 - 44 * (value - low) / (high - low || 1)}`).join(' ') }),
      shape('text', { x: 6, y: 16 }, name), shape('text', { x: 252, y: 30 }, `${high}`), shape('text', { x: 252, y: 74 }, `${low}`));
    return svg;
  }
  async function follow() {
    const text = await (await fetch('jobs.json')).text();
    if (text === shown) return;
    shown = text;
    find('jobs').replaceChildren(...JSON.parse(text).map(({ job, stage, share, note, curves, elsewhere: code }) => {
      const box = make('article', { class: 'job' }, make('h2', {}, `${job.id}: ${job.operation}, ${job.state}`));
      if (job.state === 'running') {
        box.append(make('p', {}, `${stage} ${note}`), make('progress', { max: 1, value: share, 'aria-label': stage || 'progress' }));
      }
      if (curves.length) box.append(make('div', { class: 'curves' }, ...curves.map(curve)));
      if (job.verdict) box.append(make('p', {}, job.verdict));
      if (job.message) box.append(make('p', { role: 'alert' }, job.message));
      if (job.state === 'done') {
        const files = `jobs/${job.id}/files`;
        box.append(make('a', { href: `${files}/page.html` }, 'its page'), ' · ', make('a', { href: `${files}/result.json` }, 'its result'));
      }
      const open = unfolded.has(job.id), more = make('details', open ? { open: '' } : {}, make('summary', {}, 'As a command, as C#'),
        make('p', {}, make('code', {}, code.command)), make('p', {}, make('code', {}, code.code)));
      more.addEventListener('toggle', () => more.open ? unfolded.add(job.id) : unfolded.delete(job.id));
      box.append(more);
      if (job.state === 'queued' || job.state === 'running') box.append(button('Cancel', () => act(job.id, 'cancel')));
      if (job.state === 'cancelled' || job.state === 'failed') box.append(button('Resume', () => act(job.id, 'resume')));
      return box;
    }));
  }
  follow();
  setInterval(follow, 500);
}
