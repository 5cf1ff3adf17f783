// Steps through the claims. The page is whole without it: every claim in the
// text links to its entry and back.
(() => {
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const entries = all('.claim');

  // An address with a claim in it leads to that claim, in whatever part of the text.
  const asked = location.hash.match(/^#t?(a\d+c(\d+))$/);
  const found = asked && document.getElementById(asked[1]);
  const query = new URLSearchParams(location.search);
  if (asked && !found && document.querySelector('.turns') && !query.has('claim')) {
    query.delete('part');
    query.set('claim', 'c' + asked[2]);
    location.replace('?' + query + location.hash);
    return;
  }
  if (!entries.length) return;
  const sheet = document.querySelector('.sheet');
  const help = document.querySelector('.help');
  const keys = document.querySelector('.keys');
  const narrow = matchMedia('(max-width: 60rem)');
  const still = matchMedia('(prefers-reduced-motion: reduce)');
  let at = null; // the entry chosen
  const fix = document.querySelector('.fix'); // asks for the form that corrects a claim
  const rest = fix?.previousElementSibling; // behind which it stands while none is chosen

  // The place of a claim in the order of the text, and which has that place. Numbers may have gaps.
  const listed = new Map();
  const numbers = list => listed.get(list) ?? (listed.set(list, list.dataset.c.split(' ')), listed.get(list));
  const number = entry => numbers(entry.parentElement).indexOf(entry.id.replace(/^a\d+c/, ''));
  const shown = entry => getComputedStyle(entry).display !== 'none';
  const behavior = () => still.matches ? 'auto' : 'smooth';

  function clear() {
    all('.claim.on, [data-c].on').forEach(e => e.classList.remove('on'));
    all('.course .on').forEach(e => e.setAttribute('d', 'M0 0'));
    entries.forEach(e => e.removeAttribute('aria-current'));
    sheet.hidden = true;
    if (fix) rest.after(fix);
    at = null;
  }

  // The course of the text: where each of its claims stands, in thousandths.
  const places = course => course.dataset.at.split(' ').map(Number);
  function mark(entry) {
    const course = entry.closest('.ledger').querySelector('.course');
    if (course) course.querySelector('.on').setAttribute('d', `M${places(course)[number(entry)] + 2} 0v34`);
  }

  // Scrolls the list of claims without moving the page.
  function reveal(entry) {
    const list = entry.closest('.claims');
    const box = entry.getBoundingClientRect(), frame = list.getBoundingClientRect();
    if (box.top < frame.top || box.bottom > frame.bottom) {
      list.scrollBy({top: box.top - frame.top - (frame.height - box.height) / 3, behavior: behavior()});
    }
  }

  function choose(entry, move) {
    clear();
    at = entry;
    const id = entry.id;
    for (const e of [entry, ...all(`[data-c="${id}"]`)]) e.classList.add('on');
    mark(entry);
    entry.setAttribute('aria-current', 'true');
    if (fix) {
      const label = entry.querySelector('.no').textContent;
      fix.elements.claim.value = label;
      fix.querySelector('button').setAttribute('aria-label', 'Correct claim ' + label);
      entry.append(fix);
    }
    if (narrow.matches) {
      const copy = entry.cloneNode(true);
      copy.removeAttribute('id');
      sheet.querySelector('.entry').replaceChildren(copy);
      sheet.hidden = false;
    } else {
      reveal(entry);
    }
    const place = document.getElementById('t' + id);
    if (move && place) place.scrollIntoView({block: narrow.matches ? 'start' : 'center', behavior: behavior()});
  }

  function step(by) {
    const list = all('.claims .claim').filter(shown); // in the order that they are listed in now
    if (!list.length) return;
    let i = list.indexOf(at);
    if (i < 0) {
      // Begin with the first claim that can be seen, not with the page's first.
      i = list.findIndex(e => {
        const place = document.getElementById('t' + e.id);
        return place && place.getBoundingClientRect().top >= 0;
      });
      choose(list[Math.max(i, 0)], true);
      return;
    }
    const turn = i + by < 0 ? 'prev' : i + by >= list.length ? 'next' : '';
    const way = turn && document.querySelector(`.turns a[rel=${turn}]`);
    if (way) location.assign(way.href.replace(/#.*/, '#' + way.dataset.claim));
    else choose(list[Math.min(Math.max(i + by, 0), list.length - 1)], true);
  }

  // Puts the claims in the order asked for: those with one of the reasons chosen
  // first, each part by what deserves checking most, or all as in the text.
  function rank(list) {
    const of = name => all(`.order [value^="${name}"]:checked`, list).map(e => e.value);
    const worth = of('worth').length > 0;
    const first = of('first-').map(v => v.slice('first-'.length));
    const part = e => first.some(key => (e.dataset.w ?? '').split(' ').includes(key)) ? 0 : 1;
    const order = worth ? (a, b) => part(a) - part(b) || a.dataset.r - b.dataset.r : (a, b) => number(a) - number(b);
    list.querySelector('ol').append(...all('.claim', list).sort(order));
    list.classList.toggle('ranked', worth);
    all('.order details', list).forEach(e => e.hidden = !worth);
    const title = list.querySelector('h2');
    if (title) title.textContent = worth ? 'The claims, by check-worthiness' : 'The claims, in the order of the text';
  }
  all('.order').forEach(e => {
    const list = e.closest('.claims');
    e.hidden = false;
    all('details', e).forEach(d => d.hidden = !list.classList.contains('ranked'));
    e.addEventListener('change', () => rank(list));
  });

  document.addEventListener('click', event => {
    const button = event.target.closest('[data-step]');
    if (button) {
      const by = Number(button.dataset.step);
      by ? step(by) : clear();
      return;
    }
    const link = event.target.closest('a[href^="#"]');
    if (!link && event.target.closest('a, button, input, label')) return; // they do what they do elsewhere
    let entry = null;
    if (link) entry = document.getElementById(link.getAttribute('href').slice(1).replace(/^t(?=a\d)/, ''));
    else if (event.target.closest('.course')) {
      const course = event.target.closest('.course'), frame = course.getBoundingClientRect();
      const at = 1000 * (event.clientX - frame.left) / frame.width;
      const far = places(course).map(x => Math.abs(x - at));
      const ledger = course.closest('.ledger');
      entry = document.getElementById(ledger.id + 'c' + numbers(ledger.querySelector('.claims ol'))[far.indexOf(Math.min(...far))]);
    } else if (!getSelection().toString()) entry = event.target.closest('.claims .claim') ?? document.getElementById(event.target.closest('[data-c]')?.dataset.c ?? '');
    if (!entry || !entry.classList.contains('claim')) return;
    event.preventDefault();
    choose(entry, !event.target.closest('.words'));
  });

  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input:not([type=radio], [type=checkbox]), select, textarea, dialog')) return;
    if (document.body.dataset.letters === 'off' && event.key.length === 1) return;
    switch (event.key) {
      case 'j': step(1); break;
      case 'k': step(-1); break;
      case 'Enter':
        if (!at || event.target.closest('a, button')) return;
        if (narrow.matches) { clear(); return; }
        at.tabIndex = -1;
        at.focus();
        break;
      case 'Escape': clear(); break;
      case '?': help.showModal(); break;
      default: return;
    }
    event.preventDefault();
  });

  keys.hidden = false;
  keys.addEventListener('click', () => help.showModal());
  document.body.classList.add('live');
  // Where that is sifted out it leads to the first that is not, or from the next part to the last.
  if (found) addEventListener('load', () => {
    const list = entries.filter(shown);
    const to = shown(found) ? found : list.at(found === entries.at(-1) ? -1 : 0);
    if (to) choose(to, true);
  });
})();
