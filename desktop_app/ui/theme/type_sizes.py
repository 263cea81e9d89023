"""Type sizes and the font: the system's own, with families for Chinese, Japanese, Korean and Thai where present."""

from dataclasses import dataclass

from PySide6.QtGui import QFont, QFontDatabase, QFontInfo

LINE_HEIGHT = 1.5

FALLBACKS = (
    "Noto Sans CJK SC",
    "Noto Sans CJK JP",
    "Noto Sans CJK KR",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
    "PingFang SC",
    "Hiragino Sans",
    "Apple SD Gothic Neo",
    "Microsoft YaHei UI",
    "Yu Gothic UI",
    "Malgun Gothic",
    "Noto Sans Thai",
    "Thonburi",
    "Leelawadee UI",
)


@dataclass(frozen=True, slots=True)
class TypeSizes:
    """Sizes in pixels, after the person's text size."""

    body: int
    small: int
    tiny: int
    heading: int
    title: int

    @classmethod
    def at(cls, percent: int) -> "TypeSizes":
        sizes = (round(size * percent / 100) for size in (14, 12, 11, 18, 20))
        return cls(*sizes)

    @property
    def line(self) -> int:
        """Height in pixels of a line of running text."""
        return round(self.body * LINE_HEIGHT)


def body_font(sizes: TypeSizes) -> QFont:
    """The system's font at body size. Only families that the system has are named: naming others costs a search."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    present = set(QFontDatabase.families())
    family = QFontInfo(font).family() or font.family()
    font.setFamilies([family, *(name for name in FALLBACKS if name in present and name != family)])
    font.setPixelSize(sizes.body)
    return font
