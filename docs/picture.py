"""Draws docs/report.svg, the picture in the README: the top of the report of an example as a terminal shows it.

Run by `make picture`, which installs rich for it into a throwaway environment.
"""

import os
import re
import subprocess
import sys

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text
from rich._export_format import CONSOLE_SVG_FORMAT

COLUMNS, LINES = 80, 44
THEME = TerminalTheme(
    (250, 250, 247),
    (32, 33, 36),
    [(32, 33, 36), (176, 32, 40), (24, 110, 52), (138, 92, 0), (26, 86, 170), (124, 50, 140), (0, 106, 116), (96, 98, 102)],
    [(96, 98, 102), (200, 50, 50), (34, 128, 64), (156, 108, 8), (40, 104, 196), (146, 70, 162), (10, 126, 136), (32, 33, 36)],
)


def main() -> None:
    program, article, picture = sys.argv[1:]
    command = [program, "read", article]
    report = subprocess.run(command, env=os.environ | {"CLICOLOR_FORCE": "1"}, stdout=subprocess.PIPE, text=True, check=True).stdout
    console = Console(record=True, width=COLUMNS, force_terminal=True, color_system="truecolor", file=open(os.devnull, "w"))
    shown = report.splitlines()[:LINES]
    while shown[-1]:  # ends where a part of the report does
        shown.pop()
    console.print(Text.from_ansi("\n".join(shown[:-1])))
    # The page that shows the picture may not load fonts; the reader's own will do.
    style = re.sub(r"@font-face \{\{.*?\}\}\s*", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)
    console.save_svg(picture, title=f"hearsay read {article}", theme=THEME, code_format=style)


if __name__ == "__main__":
    main()
