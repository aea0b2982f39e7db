// Waits on the page until a worker is done, then shows the page anew. Without it there is a link.
(() => {
  const place = document.querySelector("[data-progress]"), bar = place.querySelector("progress");
  const look = async () => {
    try {
      const { percent, done } = await (await fetch(place.dataset.progress)).json();
      bar.value = percent;
      if (done) return location.reload();
    } catch { /* the link is still there, and the next look may succeed */ }
    setTimeout(look, 1000);
  };
  setTimeout(look, 500);
})();
