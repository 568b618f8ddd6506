"""What a page must be for everyone, looked at in a browser: structure, references, widths, contrast, rules."""

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
WIDTHS = (320, 390, 768, 1024, 1280)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NOT_OURS = [".djs-container", ".bio-properties-panel"]  # drawn by bpmn.io, whose mark and markup stay as they are

STRUCTURE = """() => {
  const problems = [];
  const shown = (each) => each.checkVisibility({ visibilityProperty: true });
  const all = (selector) => [...document.querySelectorAll(selector)];
  const ours = all('body *').filter((each) => !each.closest('.djs-container, .bio-properties-panel'));
  const headings = all('h1').filter(shown).length;
  if (headings !== 1) problems.push(`${headings} h1`);
  const primaries = ours.filter((each) => each.matches('.btn.pri') && shown(each)).length;
  if (primaries > 1) problems.push(`${primaries} primary actions`);
  const ids = all('[id]').map((each) => each.id);
  for (const id of new Set(ids.filter((id, at) => ids.indexOf(id) !== at))) problems.push(`id ${id} twice`);
  for (const name of ['for', 'aria-labelledby', 'aria-describedby', 'aria-controls', 'aria-owns']) {
    for (const each of ours.filter((each) => each.hasAttribute(name))) {
      const lost = each.getAttribute(name).split(' ').filter((id) => !ids.includes(id));
      if (lost.length) problems.push(`${name}=${lost} leads nowhere`);
    }
  }
  for (const each of ours.filter((each) => each.matches('input:not([type=hidden]), select, textarea'))) {
    const text = [...each.labels].map((label) => label.textContent.trim()).join('') || each.getAttribute('aria-label');
    if (!text && !each.getAttribute('aria-labelledby')) problems.push(`no label: ${each.outerHTML.slice(0, 80)}`);
  }
  return problems;
}"""

# The mark of bpmn.io must be there, in sight, with nothing over any part of it.
MARK = """() => {
  const mark = document.querySelector('.bjs-powered-by');
  if (!mark || !mark.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return 'no mark';
  mark.scrollIntoView({ block: 'center' });
  const { left, right, top, bottom } = mark.getBoundingClientRect();
  if (right - left < 20 || bottom - top < 10) return 'the mark is too small';
  const points = [[left + 2, top + 2], [right - 2, top + 2], [left + 2, bottom - 2], [right - 2, bottom - 2],
    [(left + right) / 2, (top + bottom) / 2]];
  return points.every(([x, y]) => mark.contains(document.elementFromPoint(x, y))) ? '' : 'the mark is covered';
}"""


@cache
def _axe() -> str:
    return AXE.read_text()


def structure(page: "Page") -> list[str]:
    return list(page.evaluate(STRUCTURE))


def too_wide(page: "Page") -> list[str]:
    """The widths at which the page scrolls sideways; afterwards it is as wide as before."""
    before, found = page.viewport_size, []
    assert before is not None
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": before["height"]})
        wide = page.evaluate("document.documentElement.scrollWidth")
        found += [f"{wide} px wide at {width}"] if wide > width else []
    page.set_viewport_size(before)
    return found


def broken_rules(page: "Page", *, only_contrast: bool = False) -> list[str]:
    """The rules of WCAG 2.2 AA and good practice that the page breaks, everything unfolded."""
    page.evaluate("document.querySelectorAll('main details').forEach((each) => { each.open = true })")
    page.evaluate(_axe())
    wanted = {"type": "rule", "values": ["color-contrast"]} if only_contrast else {"type": "tag", "values": TAGS}
    options = json.dumps({"runOnly": wanted, "resultTypes": ["violations"]})
    found = page.evaluate(f"axe.run({{ exclude: {json.dumps(NOT_OURS)} }}, {options})")
    return [f"{rule['id']}: {node['html'][:110]}" for rule in found["violations"] for node in rule["nodes"][:3]]


def mark(page: "Page") -> list[str]:
    page.locator("#canvas[data-ready]").wait_for()
    said = page.evaluate(MARK)
    return [said] if said else []
