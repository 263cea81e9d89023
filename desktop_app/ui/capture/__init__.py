"""The capture window: one thing written down quickly, from anywhere.

Refuses to show anything but what is being written; what it saves goes through the capture box and ``ui.ops``.
"""

from desktop_app.ui.capture.window import CaptureWindow

__all__ = ["CaptureWindow"]
