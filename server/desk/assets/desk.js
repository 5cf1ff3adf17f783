// What every page of the desk can do by keys, and what a ledger's form does at
// once instead of when it is sent. Each page is whole without this.
(() => {
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const help = document.querySelector('.help');
  const keys = document.querySelector('.keys');
  const ask = () => help.open || help.showModal();
  keys.hidden = false;
  keys.addEventListener('click', ask);

  // Keys of one character can be switched off, as who speaks to the computer needs them to be.
  const letters = help.querySelector('.letters');
  const tell = () => { document.body.dataset.letters = letters.checked ? 'on' : 'off'; };
  try { letters.checked = localStorage.getItem('letters') !== 'off'; } catch { /* where nothing may be kept they are on */ }
  tell();
  letters.addEventListener('change', () => {
    tell();
    try { localStorage.setItem('letters', document.body.dataset.letters); } catch { /* it holds for this page */ }
  });

  // Lines of a list that can be gone through.
  const lines = all('.lines > li, .lines > tbody > tr').map(e => e.querySelector('a[href]')).filter(Boolean);
  const step = by => {
    if (!lines.length) return;
    const at = lines.indexOf(document.activeElement);
    const next = lines[Math.min(Math.max(at < 0 ? (by > 0 ? 0 : lines.length - 1) : at + by, 0), lines.length - 1)];
    next.focus();
    next.scrollIntoView({block: 'nearest'});
  };

  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const field = event.target.closest('input:not([type=radio], [type=checkbox]), select, textarea, dialog');
    if (field) {
      if (event.key === 'Escape' && field.matches('input, textarea')) field.blur();
      return;
    }
    if (!letters.checked && event.key.length === 1) return;
    switch (event.key) {
      case '/': {
        const box = all('input[type=search]').find(e => !e.disabled && e.checkVisibility());
        if (!box) return;
        box.focus();
        box.select();
        break;
      }
      case '?': ask(); break;
      case 'j': if (!lines.length) return; step(1); break;
      case 'k': if (!lines.length) return; step(-1); break;
      default: return;
    }
    event.preventDefault();
  });

  // A file that is dropped anywhere on the page is read.
  const give = document.querySelector('.give');
  if (give) {
    const file = give.querySelector('input[type=file]');
    const button = give.querySelector('button.main');
    addEventListener('dragover', event => {
      if (![...event.dataTransfer.types].includes('Files')) return;
      event.preventDefault();
      give.classList.add('drop');
    });
    addEventListener('dragleave', event => { if (!event.relatedTarget) give.classList.remove('drop'); });
    addEventListener('drop', event => {
      give.classList.remove('drop');
      if (!event.dataTransfer.files.length) return;
      event.preventDefault();
      file.files = event.dataTransfer.files;
      give.requestSubmit();
    });
    give.addEventListener('keydown', event => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) give.requestSubmit(); });
    give.addEventListener('submit', () => { button.disabled = true; button.textContent = 'Reading…'; });
    addEventListener('pageshow', () => { button.disabled = false; button.textContent = 'Read'; });
  }

  // The form beside a ledger takes effect as it is changed.
  const form = document.querySelector('.sift');
  if (!form) return;
  const list = document.querySelector('.claims ol');
  const entries = all('.claim', list);
  const value = name => form.elements[name]?.value ?? '';
  const numbers = list?.dataset.c.split(' ');
  const number = e => numbers.indexOf(e.id.replace(/^a\d+c/, ''));
  // What the list says of each claim, in the order of the text.
  const [ranks, voices, levels] = ['r', 'v', 'l'].map(key => list?.dataset[key].split(' ') ?? []);
  const found = form.querySelector('.found b');
  function apply() {
    const speaker = form.elements.speaker.selectedIndex, wording = form.elements.wording.selectedIndex;
    const footing = value('footing');
    let shown = 0;
    for (const e of entries) {
      const i = number(e);
      e.hidden = Boolean(speaker && Number(voices[i]) !== speaker || wording && !levels[i].includes(wording));
      if (!e.hidden && (footing === '' || footing === 'all' || e.classList.contains(footing))) shown++;
    }
    found.textContent = shown;
    const worth = value('order') === 'worth';
    const place = worth ? e => Number(ranks[number(e)]) : number;
    list.parentElement.classList.toggle('ranked', worth);
    list.append(...entries.toSorted((a, b) => place(a) - place(b)));
    list.parentElement.scrollTop = 0;
  }
  form.querySelector('button').hidden = true;
  document.addEventListener('change', event => {
    if (event.target.form !== form) return;
    apply();
    const query = new URLSearchParams([...new FormData(form)].filter(([, v]) => v !== ''));
    history.replaceState(null, '', '?' + query);
    for (const link of all('.turns a')) { // other parts are shown in the same way
      query.set('part', new URL(link.href).searchParams.get('part'));
      link.href = '?' + query + new URL(link.href).hash;
      link.querySelector('.role')?.remove(); // how many claims those have only the server knows
    }
  });
})();
