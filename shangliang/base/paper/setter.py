"""Sets one sheet. Stands alone, knows no Django.

    python -m shangliang.base.paper.setter < JSON > PDF

Runs in a child process, so that a template's loop or hunger ends the child and nothing else. Reads
{"root": …, "template": …, "fonts": folder or "", "data": {…}}; what the template imports lies under `root`.
Exit 0 and the PDF; 3 and the missing faces, one a line, without Chinese type; 1 and what typst said.
"""

import json
import resource
import sys

import typst

SECONDS = 20  # of CPU; a sheet takes less than one
MEMORY = 3 << 30  # of address space, the mapped fonts in; what is resident stays near 150 MB
# Of each face the first family that is there; an office's own licensed ones before the free ones.
FAMILIES = {
    "song": ("Noto Serif CJK SC", "Source Han Serif SC", "Source Han Serif CN", "Noto Serif SC"),
    "hei": ("Noto Sans CJK SC", "Source Han Sans SC", "Source Han Sans CN", "Noto Sans SC"),
    "kai": ("KaiTi_GB2312", "KaiTi", "FandolKai", "LXGW WenKai"),
    "fangsong": ("FZFangSong-Z02", "FangSong_GB2312", "FangSong", "FandolFang R"),
}
NEEDED = ("song", "hei")  # the others fall back to 宋


def faces(there: list[str]) -> dict[str, list[str]]:
    """The families to set each face in, by what is installed; a needed one that is missing is left out."""
    known = set(there)
    found = {face: [name for name in names if name in known][:1] for face, names in FAMILIES.items()}
    return {face: names or found["song"] for face, names in found.items() if names or face not in NEEDED}


def main() -> int:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    asked = json.load(sys.stdin)
    fonts = typst.Fonts(font_paths=[asked["fonts"]] if asked["fonts"] else [])
    found = faces(fonts.families())
    if missing := [face for face in NEEDED if face not in found]:
        print("\n".join(missing), file=sys.stderr)
        return 3
    inputs = {"data": json.dumps(asked["data"] | {"faces": found}, ensure_ascii=False)}
    try:
        pdf = typst.compile(asked["template"], root=asked["root"], font_paths=fonts, sys_inputs=inputs)
    except typst.TypstError as fault:
        print(fault, file=sys.stderr)
        return 1
    sys.stdout.buffer.write(pdf)
    return 0


if __name__ == "__main__":
    sys.exit(main())
