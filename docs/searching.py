"""What the search is given to read: the words of a page, without drawings, receipts and the colours of code.

The theme's search takes the finished page apart, tag by tag, and then leaves out what no reader searches for.
In this book that was a third of each build. So for as long as it reads, the page is shorter; what it finds is
the same to the letter.
"""

import re

from mkdocs.plugins import CombinedEvent, event_priority
from mkdocs.structure.pages import Page

_LEFT_OUT = re.compile(
    r"""<svg\b.*?</svg>|<span class="receipt".*?</span>|<div class="linenodiv">.*?</div>""", re.DOTALL
)
_COLOURED = re.compile(r'<span class="\w{1,3}">([^<]*)</span>')
_whole: dict[str, str] = {}


@event_priority(100)
def _shorten(context: dict, page: Page, **_: object) -> None:
    _whole[page.url] = page.content
    page.content = _COLOURED.sub(r"\1", _LEFT_OUT.sub("", page.content))


@event_priority(-100)
def _restore(context: dict, page: Page, **_: object) -> None:
    page.content = _whole.pop(page.url)


on_page_context = CombinedEvent(_shorten, _restore)
