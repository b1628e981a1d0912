// What all screens of the lab share: how the server is asked, and how answers are shown.
export const main = document.querySelector('main[data-screen]');
export const find = id => document.getElementById(id);
export const colors = ['var(--lazy)', 'var(--repaired)', 'var(--set-0)', 'var(--set-1)', 'var(--set-2)', 'var(--set-3)'];
// A picture that opens large.
export const opens = { 'data-open': '', role: 'button', tabindex: 0 };
// The image that is asked about: a picture's bytes as base64, or else the one of the set whose number is on the screen.
export const sent = { picture: null };

export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined && value !== null) element.setAttribute(key, value);
  element.append(...children);
  return element;
}
export function chosen() {
  return sent.picture ? { picture: sent.picture } : { image: Number(find('image')?.value ?? 0) };
}
export async function ask(path, question, signal) {
  const response = await fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(question), signal });
  if (!response.ok) throw new Error((await response.text()).trim());
  return response;
}
// A new question takes the place of one that is still being answered.
let asking = null;
export async function latest(path, question, show) {
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
export async function each(response, show) {
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
export function refuse(message) {
  find('answers')?.replaceChildren(make('p', { role: 'alert' }, message));
  find('refining')?.classList.add('idle');
}
export function card(answer, title) {
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
export function elsewhere(asked) {
  if (!asked) return;
  find('command').textContent = asked.command;
  find('code').textContent = asked.code;
}
for (const button of document.querySelectorAll('[data-copy]')) {
  button.addEventListener('click', () => navigator.clipboard?.writeText(find(button.dataset.copy).textContent));
}
// The address holds the state, so that it can be kept and shared.
export function remember() {
  const state = new URLSearchParams(location.search);
  const kept = 'input[id]:not([type=file]):not([type=color]):not([type=checkbox]), select[id]';
  for (const input of main.querySelectorAll(kept)) state.set(input.id, input.value);
  history.replaceState(null, '', `${location.pathname}?${state}`);
}
// What the address says of the choice is taken up.
for (const [key, value] of new URLSearchParams(location.search)) {
  const input = find(key);
  if (input && main.contains(input) && 'value' in input && input.closest('.choice')) input.value = value;
}
export function shape(name, attributes, text) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  // A style set as an attribute would be against the page's policy.
  for (const [key, value] of Object.entries(attributes)) key === 'style' ? element.style.cssText = value : element.setAttribute(key, value);
  if (text !== undefined) element.textContent = text;
  return element;
}
