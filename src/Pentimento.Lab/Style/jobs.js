// Jobs: asked for by a form, followed by looking twice a second.
import { ask, elsewhere, find, make, shape } from './ask.js';

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
