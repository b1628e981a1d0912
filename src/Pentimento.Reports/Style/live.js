// Both networks answer in the page: a picture is painted from grey values, the worker answers it, and the address keeps what is shown.
const read = id => document.getElementById(id).textContent.trim();
const bytes = base64 => Uint8Array.from(atob(base64), letter => letter.charCodeAt(0));
const { width, height, classes, labels, networks } = JSON.parse(read('try-data'));
const digits = bytes(read('try-digits')), size = width * height;
const form = document.querySelector('form.try'), canvas = form.querySelector('canvas'), status = form.querySelector('output');
const [cards, hues, rows] = ['.card', '[data-hue]', '.hues tbody tr'].map(which => [...form.querySelectorAll(which)]);
const { hue, noise, white, grey } = form.elements;
const state = { digit: 0, ink: digits.slice(0, size) };

// The worker and who waits for it.
const worker = new Worker(URL.createObjectURL(new Blob([read('try-worker')], { type: 'text/javascript' })));
const waiting = new Map();
let asked = 0;
worker.onmessage = ({ data }) => { waiting.get(data.number)(data.logits); waiting.delete(data.number); };
worker.postMessage({ networks: ['lazy', 'repaired'].map((name, at) => ({ steps: networks[at], weights: read(`try-${name}`) })) });
const ask = picture => new Promise(resolve => {
  waiting.set(++asked, resolve);
  const values = new Float32Array(3 * size);
  for (let at = 0; at < values.length; at++) values[at] = picture[at % size * 3 + Math.floor(at / size)] / 255;
  worker.postMessage({ number: asked, maps: { values, channels: 3, height, width } });
});

// The same noise at every hue, so that nothing but the colour changes (Box and Muller, 1958).
const normal = new Float32Array(3 * size);
let word = 1;
const random = () => { word = word * 48271 % 2147483647; return word / 2147483647; };
for (let at = 0; at < normal.length; at++) normal[at] = Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());

// Painted as the sets are: grey / 255 of the digit's colour and the rest of the ground's, then noise; uint8 (H, W, 3).
function paint(degrees, ink = state.ink) {
  const ground = white.checked ? 255 : 0;
  const channel = own => Math.round(255 * Math.min(1, Math.max(0, 2 - Math.abs((degrees - own + 540) % 360 - 180) / 60)));
  const color = grey.checked ? [255 - ground, 255 - ground, 255 - ground] : [0, 120, 240].map(channel);
  const picture = new Uint8ClampedArray(3 * size);
  for (let at = 0; at < picture.length; at++) {
    const light = ink[Math.floor(at / 3)];
    picture[at] = Math.floor((light * color[at % 3] + (255 - light) * ground + 127) / 255) + 255 * noise.value * normal[at];
  }
  return picture;
}

const small = Object.assign(document.createElement('canvas'), { width, height });
const pen = { x: width / 2, y: height / 2, down: false };
const look = canvas.getContext('2d');
function draw(picture) {
  const pixels = new ImageData(width, height);
  for (let at = 0; at < size; at++) pixels.data.set([picture[3 * at], picture[3 * at + 1], picture[3 * at + 2], 255], 4 * at);
  small.getContext('2d').putImageData(pixels, 0, 0);
  look.imageSmoothingEnabled = false;
  look.drawImage(small, 0, 0, canvas.width, canvas.height);
  if (document.activeElement !== canvas || !canvas.matches(':focus-visible')) return;
  look.lineWidth = pen.down ? 4 : 2;
  look.strokeStyle = white.checked ? '#000' : '#fff';
  look.strokeRect((pen.x - .5) * canvas.width / width, (pen.y - .5) * canvas.height / height, canvas.width / width, canvas.height / height);
}

const best = logits => logits.indexOf(Math.max(...logits));
const label = () => state.digit < 0 ? -1 : labels[state.digit];
const verdict = answer => label() < 0 ? '' : answer === label() ? ' ✓' : ' ×';
function fill(all) {
  for (const [at, logits] of all.entries()) {
    const largest = Math.max(...logits), weights = [...logits].map(logit => Math.exp(logit - largest)), sum = weights.reduce((a, b) => a + b);
    const order = weights.map((_, index) => index).sort((a, b) => weights[b] - weights[a]);
    cards[at].querySelector('.says').textContent = classes[order[0]] + verdict(order[0]);
    for (const [place, item] of [...cards[at].querySelectorAll('li')].entries()) {
      const share = weights[order[place]] / sum;
      item.querySelector('.class').textContent = classes[order[place]];
      item.querySelector('.bar').style.width = `${100 * share}%`;
      item.querySelector('.percent').textContent = `${(100 * share).toFixed(1)}%`;
    }
  }
}

// Only the newest picture is answered; what takes longer waits until the hand rests.
let version = 0, busy = false, timer = 0, resting = null;
async function show() {
  draw(paint(+hue.value));
  form.querySelector('.degrees').textContent = `${hue.value}°`;
  form.querySelector('.deviation').textContent = (+noise.value).toFixed(2);
  version++;
  clearTimeout(timer);
  if (busy) return;
  busy = true;
  for (let seen = -1; seen !== version;) {
    seen = version;
    fill(resting = await ask(paint(+hue.value)));
  }
  busy = false;
  timer = setTimeout(rest, 250);
}
async function rest() {
  const judged = logits => verdict(best(logits)) && (best(logits) === label() ? ', right' : ', wrong');
  const seen = version, answers = resting.map(logits => classes[best(logits)] + judged(logits));
  const what = state.digit < 0 ? 'Your drawing' : `Test digit ${state.digit + 1} of ${labels.length}, a ${classes[label()]}`;
  status.textContent = `${what}. The lazy network: ${answers[0]}; the repaired network: ${answers[1]}.`;
  // A page that nobody has touched keeps the address that led to it.
  if (seen > 1) history.replaceState(null, '', address());
  for (const [at, swatch] of hues.entries()) {
    const all = await ask(paint(+swatch.dataset.hue));
    if (seen !== version) return;
    for (const [row, logits] of all.entries()) {
      const cell = rows[row].cells[at + 1];
      cell.textContent = classes[best(logits)];
      cell.className = verdict(best(logits)) === ' ×' ? 'off' : '';
    }
  }
  form.dataset.settled = seen;
}

function address() {
  const kept = new URLSearchParams({ digit: state.digit, hue: hue.value, noise: noise.value });
  if (white.checked) kept.set('ground', 'white');
  if (grey.checked) kept.set('ink', 'grey');
  // Sixteen shades are enough for a drawing.
  const shades = () => Array.from({ length: size / 2 }, (_, at) => state.ink[2 * at] & 240 | state.ink[2 * at + 1] >> 4);
  if (state.digit < 0) kept.set('drawn', btoa(String.fromCharCode(...shades())));
  return `#try?${kept}`;
}
function recall() {
  if (!location.hash.startsWith('#try?')) return;
  const kept = new URLSearchParams(location.hash.slice(5)), digit = parseInt(kept.get('digit'), 10);
  hue.value = kept.get('hue') ?? 0;
  noise.value = kept.get('noise') ?? 0;
  white.checked = kept.get('ground') === 'white';
  grey.checked = kept.get('ink') === 'grey';
  if (digit >= 0 && digit < labels.length) Object.assign(state, { digit, ink: digits.slice(digit * size, (digit + 1) * size) });
  else Object.assign(state, { digit: -1, ink: drawn(kept.get('drawn') ?? '') });
  document.getElementById('try').scrollIntoView();
}
function drawn(base64) {
  const ink = new Uint8ClampedArray(size);
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(base64) || base64.length % 4) return ink;
  for (const [at, pair] of bytes(base64).entries()) [ink[2 * at], ink[2 * at + 1]] = [(pair >> 4) * 17, (pair & 15) * 17];
  return ink;
}

function take(digit) {
  Object.assign(state, { digit, ink: digits.slice(digit * size, (digit + 1) * size) });
  show();
}
async function fool() {
  const answered = async at => (await ask(paint(+hue.value, digits.subarray(at * size, (at + 1) * size)))).map(best);
  let other = -1;
  for (let step = 1; step <= labels.length; step++) {
    const at = (state.digit + step + labels.length) % labels.length, [lazy, repaired] = await answered(at);
    if (lazy !== labels[at] && repaired === labels[at]) return take(at);
    if (lazy !== labels[at] && other < 0) other = at;
  }
  if (other >= 0) take(other);
  else status.textContent = `None of the ${labels.length} digits fools the lazy network in this hue: turn it.`;
}

// A stroke is soft at its rim, as the digits' are.
function stroke(from, to) {
  if (state.digit >= 0) Object.assign(state, { digit: -1, ink: state.ink.slice() });
  const [dx, dy] = [to.x - from.x, to.y - from.y], long = dx * dx + dy * dy;
  for (let at = 0; at < size; at++) {
    const [x, y] = [at % width + .5, Math.floor(at / width) + .5];
    const along = long ? Math.min(1, Math.max(0, ((x - from.x) * dx + (y - from.y) * dy) / long)) : 0;
    const away = Math.hypot(x - from.x - along * dx, y - from.y - along * dy);
    state.ink[at] = Math.max(state.ink[at], 255 * Math.min(1, Math.max(0, 1.8 - away)));
  }
  show();
}
const place = event => ({ x: event.offsetX * width / canvas.clientWidth, y: event.offsetY * height / canvas.clientHeight });
let last = null;
canvas.addEventListener('pointerdown', event => {
  canvas.setPointerCapture(event.pointerId);
  stroke(last = place(event), last);
});
canvas.addEventListener('pointermove', event => { if (last) stroke(last, last = place(event)); });
for (const end of ['pointerup', 'pointercancel']) canvas.addEventListener(end, () => { last = null; });
canvas.addEventListener('keydown', event => {
  const move = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[event.key];
  if (event.key === ' ') pen.down = !pen.down;
  else if (event.key === 'Escape') pen.down = false;
  else if (!move) return;
  event.preventDefault();
  const before = { ...pen };
  if (move) Object.assign(pen, { x: Math.min(width - 1, Math.max(1, pen.x + move[0])), y: Math.min(height - 1, Math.max(1, pen.y + move[1])) });
  if (pen.down) stroke(before, pen);
  else draw(paint(+hue.value));
});
for (const change of ['focus', 'blur']) canvas.addEventListener(change, () => draw(paint(+hue.value)));

let turning = 0;
function turn() {
  if (!turning) return;
  if (!busy) { hue.value = (+hue.value + 2) % 360; show(); }
  turning = requestAnimationFrame(turn);
}
function halt() {
  cancelAnimationFrame(turning);
  turning = 0;
  form.elements.turn.setAttribute('aria-pressed', 'false');
}
const count = labels.length;
const does = {
  previous: () => take(state.digit < 0 ? count - 1 : (state.digit + count - 1) % count),
  next: () => take((state.digit + 1) % count),
  fool,
  empty: () => { Object.assign(state, { digit: -1, ink: new Uint8ClampedArray(size) }); show(); },
  turn: () => {
    if (turning) return halt();
    form.elements.turn.setAttribute('aria-pressed', 'true');
    turning = requestAnimationFrame(turn);
  },
};
form.addEventListener('click', event => {
  const button = event.target.closest('button');
  if (!button) return;
  if (button.dataset.hue) { halt(); hue.value = button.dataset.hue; grey.checked = false; show(); }
  else does[button.name]();
});
form.addEventListener('input', () => { halt(); show(); });
form.addEventListener('submit', event => event.preventDefault());
addEventListener('hashchange', () => { if (location.hash.startsWith('#try?')) { recall(); show(); } });
form.hidden = false;
recall();
show();
