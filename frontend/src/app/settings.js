// What this person chose in this browser: a cookie, so that the server can render the page right the first time.
const A_YEAR = 365 * 24 * 60 * 60;

export function read(name) {
  return document.cookie.split('; ').find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

export function keep(name, value) {
  document.cookie = `${name}=${value}; path=/; max-age=${A_YEAR}; samesite=lax`;
}
