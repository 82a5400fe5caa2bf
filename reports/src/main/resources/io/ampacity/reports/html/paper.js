
(function () {
  'use strict';
  var tip = document.getElementById('tip');
  var root = document.documentElement;
  var button = document.getElementById('theme');
  function dark() {
    var chosen = root.getAttribute('data-theme');
    return chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  }
  function name() { button.textContent = dark() ? 'Light' : 'Dark'; }
  button.hidden = false;
  button.addEventListener('click', function () {
    root.setAttribute('data-theme', dark() ? 'light' : 'dark');
    name();
  });
  name();
  addEventListener('beforeprint', function () {
    document.querySelectorAll('details.fold').forEach(function (fold) { fold.open = true; });
  });
  var current = null;
  function hide() {
    if (current) { current.classList.remove('on'); }
    current = null;
    tip.hidden = true;
  }
  function show(hit) {
    if (hit === current) { return; }
    hide();
    current = hit;
    hit.classList.add('on');
    tip.textContent = hit.getAttribute('data-tip');
    tip.hidden = false;
    var box = hit.getBoundingClientRect();
    var middle = box.left + box.width / 2;
    var left = Math.max(8, Math.min(middle - tip.offsetWidth / 2, root.clientWidth - tip.offsetWidth - 8));
    tip.style.left = (left + scrollX) + 'px';
    tip.style.top = (Math.max(box.top - tip.offsetHeight - 6, 4) + scrollY) + 'px';
  }
  document.querySelectorAll('svg.chart').forEach(function (chart) {
    var hits = Array.prototype.slice.call(chart.querySelectorAll('.hit'));
    var at = -1;
    hits.forEach(function (hit, index) {
      var title = hit.querySelector('title');
      hit.setAttribute('data-tip', title.textContent);
      title.remove();
      hit.addEventListener('pointerenter', function () { at = index; show(hit); });
    });
    chart.addEventListener('pointerleave', hide);
    chart.addEventListener('blur', hide);
    chart.addEventListener('keydown', function (event) {
      var step = { ArrowRight: 1, ArrowLeft: -1, Home: -hits.length, End: hits.length }[event.key];
      if (event.key === 'Escape') { hide(); }
      if (!step) { return; }
      event.preventDefault();
      at = Math.max(0, Math.min(hits.length - 1, at + step));
      show(hits[at]);
    });
  });
})();
