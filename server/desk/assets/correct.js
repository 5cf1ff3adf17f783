// Words that are selected in the text are put in the field whose key is pressed, with the place where they stand.
(() => {
  const text = document.getElementById('fulltext');
  const form = document.querySelector('.mend');
  if (!text || !form) return;
  const points = s => [...s].length;
  for (const name of ['content', 'source', 'cue']) form.elements[name].addEventListener('input', () => { form.elements[name + '-at'].value = ''; });
  document.addEventListener('keydown', event => {
    if (document.body.dataset.letters === 'off' || event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, textarea, select, dialog')) return;
    const name = {c: 'content', s: 'source', u: 'cue'}[event.key];
    const selection = getSelection();
    if (!name || !selection.rangeCount || selection.isCollapsed) return;
    const range = selection.getRangeAt(0);
    if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return;
    const before = document.createRange();
    before.selectNodeContents(text);
    before.setEnd(range.startContainer, range.startOffset);
    const start = Number(text.dataset.from ?? 0) + points(before.toString()), words = range.toString();
    form.elements[name].value = words.trim().replace(/\s+/gu, ' ');
    form.elements[name + '-at'].value = start + '-' + (start + points(words));
    form.elements[name].focus();
    event.preventDefault();
  });
})();
