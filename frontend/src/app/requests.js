// htmx swaps parts of a page; this adds what our server needs and what a person should see when a request fails.
import htmx from 'htmx.org';

// Nothing may compile text to code: the page's Content-Security-Policy refuses it.
Object.assign(htmx.config, { transitions: false, defaultTimeout: 30_000 });

const connectionLost = (isLost) => {
  const message = document.getElementById('geen-verbinding');
  if (message) message.hidden = !isLost;
};

document.addEventListener('htmx:config:request', ({ detail: { ctx } }) => {
  const token = document.querySelector('meta[name=csrf-token]')?.content;
  if (token && ctx.request.method.toUpperCase() !== 'GET') ctx.request.headers['X-CSRFToken'] = token;
});

document.addEventListener('htmx:after:request', () => connectionLost(false));
document.addEventListener('htmx:error', () => connectionLost(true));

// An error that is a whole page takes the place of the whole page, wherever the request came from.
document.addEventListener('htmx:response:error', ({ detail: { ctx } }) => {
  if (!/^\s*<!doctype/i.test(ctx.text)) return;
  ctx.target = document.body;
  ctx.swap = 'innerHTML';
  ctx.select = null;
});
