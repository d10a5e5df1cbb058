// The maps of quiet pages, with Leaflet. What is on them stands on the page already: in the list of the agenda, and in
// the fields of a form. Without this script nothing is missing but the map that moves.
(() => {
  const L = window.L;
  if (!L) return;

  /** Pixels between two markers, so that each can be hit. */
  const APART = 44;

  const point = (text) => {
    const [latitude, longitude] = (text || "").split(",").map(Number);
    return Number.isFinite(latitude) && Number.isFinite(longitude) && text.includes(",") ? [latitude, longitude] : null;
  };

  const pin = (text) => L.divIcon({ className: "map-pin", html: text ? `<span>${Number(text)}</span>` : "<span></span>", iconSize: [34, 34], iconAnchor: [17, 34], popupAnchor: [0, -32] });

  function begin(holder) {
    const says = JSON.parse(holder.dataset.map);
    holder.replaceChildren();
    holder.classList.add("map--live");
    const corners = L.latLngBounds(says.corners);
    const map = L.map(holder, {
      maxBounds: corners.pad(0.6),
      // The page scrolls with the wheel and with one finger; the map moves with its buttons, the keys and two fingers.
      scrollWheelZoom: false,
      dragging: !matchMedia("(pointer: coarse)").matches,
      // A drawing fills the room that there is; tiles are sharp at whole steps.
      zoomSnap: says.tiles ? 0.5 : 0,
      zoomAnimation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
      fadeAnimation: false,
    });
    map.attributionControl.setPrefix(false);
    if (says.tiles) {
      L.tileLayer(says.tiles, { attribution: says.attribution.replace(/[<&]/g, ""), maxZoom: 19 }).addTo(map);
    } else {
      L.imageOverlay(says.picture, corners).addTo(map);
    }
    map.fitBounds(corners);
    map.setMinZoom(map.getZoom() - 0.5);
    map.setMaxZoom(says.tiles ? 19 : map.getZoom() + 3);
    for (const [name, button] of [["in", ".leaflet-control-zoom-in"], ["out", ".leaflet-control-zoom-out"]]) {
      const zoom = holder.querySelector(button);
      zoom?.setAttribute("aria-label", says.words[name]);
      zoom?.setAttribute("title", says.words[name]);
    }
    return { map, says, corners };
  }

  /** Everything of the list that has a point, by point. */
  function places() {
    const found = new Map();
    for (const line of document.querySelectorAll("li[data-point]")) {
      const at = point(line.dataset.point);
      const link = line.querySelector(".agenda-item__title a");
      if (!at || !link) continue;
      const key = line.dataset.point;
      if (!found.has(key)) found.set(key, { at, place: line.dataset.place, times: [] });
      found.get(key).times.push({ when: line.dataset.when, title: link.textContent, href: link.getAttribute("href") });
    }
    return [...found.values()];
  }

  function popup(here) {
    const box = document.createElement("div");
    for (const { place, times } of here) {
      const name = document.createElement("p");
      name.className = "map-popup__place";
      name.textContent = place;
      const list = document.createElement("ul");
      list.className = "map-popup__times";
      for (const time of times) {
        const line = document.createElement("li");
        const link = document.createElement("a");
        link.href = time.href;
        link.textContent = time.title;
        const when = document.createElement("span");
        when.textContent = time.when;
        line.append(link, when);
        list.append(line);
      }
      box.append(name, list);
    }
    return box;
  }

  /** Places that would lie over each other are one marker, until the map is nearer. */
  function near(map, all) {
    const groups = [];
    for (const one of all) {
      const here = map.latLngToLayerPoint(one.at);
      const group = groups.find(({ corner }) => corner.distanceTo(here) < APART);
      if (group) group.places.push(one);
      else groups.push({ corner: here, places: [one] });
    }
    return groups.map((group) => group.places);
  }

  for (const holder of document.querySelectorAll("[data-map-of=agenda]")) {
    const { map, says } = begin(holder);
    const all = places();
    const markers = L.layerGroup().addTo(map);
    const put = (here) => {
      const count = here.reduce((sum, { times }) => sum + times.length, 0);
      const names = here.map(({ place }) => place).join(" · ");
      const title = says.words.spot.replace("{place}", () => names).replace("{n}", String(count));
      const marker = L.marker(here[0].at, { icon: pin(count > 1 ? count : ""), title, alt: title }).addTo(markers);
      marker.bindPopup(popup(here), {
        maxHeight: Math.min(220, holder.clientHeight / 2),
        maxWidth: holder.clientWidth - 90,
        minWidth: 160,
      });
      const element = marker.getElement();
      element.setAttribute("aria-label", title);
      marker.on("popupopen", (event) => {
        const box = event.popup.getElement();
        box.querySelector(".leaflet-popup-close-button")?.setAttribute("aria-label", says.words.close);
        // Who came by the keyboard goes on in what opened; after it the page goes on.
        if (document.activeElement === element) box.querySelector("a[href]")?.focus();
      });
      marker.on("popupclose", (event) => {
        // The bubble may be gone already, and the focus with it.
        const inside = event.popup.getElement()?.contains(document.activeElement);
        if (inside || document.activeElement === document.body) element.focus();
      });
    };
    const draw = () => {
      markers.clearLayers();
      near(map, all).forEach(put);
    };
    holder.addEventListener("keydown", (event) => {
      if (event.key === "Escape") map.closePopup();
    });
    map.on("zoomend", draw);
    draw();
  }

  for (const holder of document.querySelectorAll("[data-map-of=form]")) {
    const latitude = document.getElementById("breedte");
    const longitude = document.getElementById("lengte");
    const known = document.getElementById("bekende-plek");
    const fold = holder.closest("details");
    let shown = null;
    const start = () => {
      if (shown || (fold && !fold.open)) return;
      shown = begin(holder);
      const { map, says } = shown;
      let marker = null;
      const put = (at) => {
        if (!at) {
          marker?.remove();
          marker = null;
        } else if (marker) {
          marker.setLatLng(at);
        } else {
          marker = L.marker(at, { icon: pin(""), draggable: true, keyboard: false }).addTo(map);
          marker.on("dragend", () => write(marker.getLatLng()));
        }
      };
      const write = (at) => {
        latitude.value = at.lat.toFixed(5);
        longitude.value = at.lng.toFixed(5);
        if (known) known.value = "";
      };
      const read = () => put(point(known?.value ? says.places[known.value] : `${latitude.value || "x"},${longitude.value || "x"}`));
      map.on("click", (event) => {
        write(event.latlng);
        put(event.latlng);
      });
      for (const field of [latitude, longitude, known]) field?.addEventListener("change", read);
      read();
    };
    fold?.addEventListener("toggle", start);
    start();
  }
})();
