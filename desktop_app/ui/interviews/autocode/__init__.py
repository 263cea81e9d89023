"""The page of coding by search: places are found, looked at, and coded in one step."""

from desktop_app.ui.interviews.autocode.page import AutocodePage

__all__ = ["AutocodePage"]
